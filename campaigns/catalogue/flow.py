"""What may be done with the catalogue."""

from emulation.acts import who
from emulation.acts.flow import Flow, Step

REASONS = Flow(
    model="communes.Commune",
    title="Lý do trả lại mẫu",
    states={},
    steps=(Step("campaigns.set_reasons", "Sửa lý do trả lại mẫu", who.office, icon="list-check", hidden=True),),
)
