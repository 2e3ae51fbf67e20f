"""gbtool portfolio with all its verbs."""

from gbtool.cli.portfolio import impact, many, publish
from gbtool.cli.portfolio.verbs import app

app.command("impact")(impact.command)
for _verb in (many.generate, many.check, many.readiness, publish.publish, publish.member):
    app.command(_verb.__name__)(_verb)
