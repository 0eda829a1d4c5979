"""What an amendment changes of which awards, in words, to compare what was returned with what is submitted again."""

from commendations.models import Amendment
from commendations.queries.amendment import awards_of, cancellation_cases


def amendment_content(amendment: Amendment) -> dict[str, str]:
    """{label: text} in place of the columns that hold codes: the awards, their new words, the case of the law."""
    awards = awards_of(amendment)
    content = {"Khen thưởng được nêu": "\n".join(f"{award.current_name}: {award.in_short}" for award in awards)}
    if amendment.is_cancellation:
        cases = dict(cancellation_cases(amendment.commune_id, amendment.expected_on))
        return content | {"Trường hợp hủy bỏ theo luật": cases.get(amendment.cancellation_case, "")}
    words = {line["award"]: line for line in amendment.lines}
    for award in awards:
        for field, label in Amendment.WORDS.items():
            content[f"{award.current_name}: {label}"] = words[award.pk].get(field, "")
    return content
