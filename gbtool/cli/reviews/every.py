"""gbtool review with all its verbs."""

from gbtool.cli.reviews import decision
from gbtool.cli.reviews.verbs import app

app.add_typer(decision.app, name="decision", help="决议：登记、列出、完成。")
