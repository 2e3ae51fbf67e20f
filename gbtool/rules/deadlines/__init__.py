"""Periods, terms and fees of rights as pure functions of dates, published rules and the working calendar."""
