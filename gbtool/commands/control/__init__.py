"""Document control: changes, versions, distribution, the controlled list, what is to be reviewed."""
