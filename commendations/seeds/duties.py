"""What the nominees of the demo do: "Quyền hạn, nhiệm vụ được giao" of their báo cáo thành tích, by post or kind of unit."""

from campaigns.models import Exemplar
from villages.models import Unit

OF_POSTS = {
    "Nông dân": "Lao động, sản xuất tại gia đình; tham gia các công việc chung của thôn.",
    "Chủ cơ sở chế biến gỗ": "Quản lý cơ sở chế biến gỗ, giải quyết việc làm cho lao động trong thôn.",
    "Công an viên": "Giữ gìn an ninh trật tự ở thôn, phối hợp với Công an xã.",
    "Y tế thôn": "Theo dõi, chăm sóc sức khỏe ban đầu cho Nhân dân trong thôn.",
    "Dân quân cơ động": "Trực, tuần tra theo kế hoạch của Ban Chỉ huy Quân sự xã.",
    "Giáo viên mầm non": "Chăm sóc, nuôi dạy trẻ theo phân công của nhà trường.",
    "Giáo viên": "Giảng dạy, làm công tác chủ nhiệm theo phân công của nhà trường.",
    "Điều dưỡng": "Chăm sóc người bệnh, tiêm chủng theo phân công của Trạm Y tế.",
}
OF_UNITS = {
    Unit.SCHOOL: "Nuôi dưỡng, chăm sóc, giáo dục học sinh theo chương trình của ngành; phối hợp với gia đình, xã hội.",
    Unit.STATION: "Khám bệnh, chữa bệnh, phòng bệnh, chăm sóc sức khỏe ban đầu cho Nhân dân trong xã.",
}
OF_UNIONS = "Tập hợp, vận động đoàn viên, hội viên và Nhân dân thực hiện các phong trào thi đua, các cuộc vận động."


def duties_of(exemplar: Exemplar) -> str:
    """The work of a person in that month or of a collective; nothing of a household."""
    if exemplar.person is not None:
        return duties_of_post(exemplar.person.post_on(exemplar.period.due_on))
    return OF_UNITS.get(exemplar.collective.kind, OF_UNIONS) if exemplar.collective else ""


def duties_of_post(post: str) -> str:
    """What somebody of this post does; nothing for a post that the demo does not describe."""
    return OF_POSTS.get(post, "")
