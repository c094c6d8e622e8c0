"""What letters say, to the letter: in three languages, as text and as HTML, with names that could break either."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.utils import translation

from fairplatform.accounts.letters import salutation
from fairplatform.accounts.models import User
from fairplatform.i18n.text import Translated
from fairplatform.notices.actions import notify
from fairplatform.notices.letters import send_letter
from fairplatform.notices.password_reset import send_reset
from tests.factories import NOW, make_buyer, make_fair, make_person, make_role, make_staff, three
from tests.notices.sent_letter import FSI, PDI, received, subject, text_and_page

AT = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)
FAIR = {"en": "Hardware Online Fair", "zh-hans": "五金网上交易会", "ur": "ہارڈویئر آن لائن نمائش"}
PERSON = {"en": "Ayesha Khan", "zh-hans": "阿伊莎·汗", "ur": "عائشہ خان"}
COMPANY = {"en": "Tools <b>A & B</b> (Pvt.)\r\nBcc: b@c.example"}
COMPANY_SHOWN = "Tools <b>A & B</b> (Pvt.) Bcc: b@c.example"


def notice_letter(language: str, company: dict[str, str], **person: Any) -> None:
    recipient = make_person(**{"name": PERSON, "salutation": "ms", "language": language, "country": "PK", **person})
    parameters = {"company": company, "at": AT}
    path = "/fairs/x/requests/"
    [notice] = notify(
        [recipient], fair=make_fair(name=FAIR), code="request_accepted", parameters=parameters, path=path, now=NOW
    )
    assert send_letter.func(notice.pk) == 1


NOTICE_LETTERS = {
    "en": (
        f"{COMPANY_SHOWN} has accepted your request. Your meeting: Fri 15 May 11:30 Pakistan time · 14:30 Beijing time"
        " | Hardware Online Fair",
        f"""Dear Ms Ayesha Khan,

{COMPANY_SHOWN} has accepted your request. Your meeting: Fri 15 May 11:30 Pakistan time · 14:30 Beijing time.

View details
{settings.PUBLIC_URL}/fairs/x/requests/

Kind regards,
The organisers, Hardware Online Fair
""",
    ),
    "zh-hans": (
        f"{COMPANY_SHOWN}已接受您的预约。洽谈时间：5月15日（周五） 巴基斯坦时间 11:30 · 北京时间 14:30"
        " | 五金网上交易会",
        f"""尊敬的阿伊莎·汗女士：

{COMPANY_SHOWN}已接受您的预约。洽谈时间：5月15日（周五） 巴基斯坦时间 11:30 · 北京时间 14:30。

查看详情
{settings.PUBLIC_URL}/fairs/x/requests/

顺颂商祺
五金网上交易会组委会
""",
    ),
    "ur": (
        f"آپ کی درخواست {FSI}{COMPANY_SHOWN}{PDI} نے قبول کر لی ہے۔ میٹنگ کا وقت: جمعہ، 15 مئی"
        " صبح 11:30 بجے (پاکستان کا وقت) · دوپہر 2:30 بجے (چین کا وقت) | ہارڈویئر آن لائن نمائش",
        f"""محترمہ عائشہ خان، السلام علیکم

آپ کی درخواست {FSI}{COMPANY_SHOWN}{PDI} نے قبول کر لی ہے۔ میٹنگ کا وقت: جمعہ، 15 مئی صبح 11:30 بجے (پاکستان کا وقت) · دوپہر 2:30 بجے (چین کا وقت)۔

تفصیل دیکھیں
{settings.PUBLIC_URL}/fairs/x/requests/

والسلام
منتظمین، ہارڈویئر آن لائن نمائش
""",  # noqa: E501
    ),
}
HTML = {"en": ("en", "ltr"), "zh-hans": ("zh-Hans", "ltr"), "ur": ("ur", "rtl")}


@pytest.mark.parametrize("language", NOTICE_LETTERS)
def test_a_notice_as_a_letter(db: None, language: str) -> None:
    notice_letter(language, COMPANY)
    text, page = text_and_page()
    assert (subject(), text) == NOTICE_LETTERS[language]
    assert (page.lines[0], page.languages) == (FAIR[language], {HTML[language]})
    assert page.links == [f"{settings.PUBLIC_URL}/fairs/x/requests/"] * 2
    assert received()["bcc"] is None


def test_an_urdu_name_is_isolated_in_an_english_letter(db: None) -> None:
    notice_letter("en", {"ur": "ٹولز <i>(نجی)</i>"}, name={"ur": "عائشہ خان"}, salutation="", country="CN")
    text, page = text_and_page()
    sentence = (
        f"{FSI}ٹولز <i>(نجی)</i>{PDI} has accepted your request."
        " Your meeting: Fri 15 May 14:30 Beijing time · 11:30 Pakistan time"
    )
    assert subject() == f"{sentence} | Hardware Online Fair"
    assert text.splitlines()[:3] == [f"Dear {FSI}عائشہ خان{PDI},", "", f"{sentence}."]
    assert re.findall("<bdi>(.*?)</bdi>", page.html) == ["عائشہ خان", "ٹولز &lt;i&gt;(نجی)&lt;/i&gt;"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["Dear Ayesha Khan,", "Dear Mr Ayesha Khan,", "Dear Ms Ayesha Khan,", "Dear Dr Ayesha Khan,",
                "Your Excellency Ayesha Khan,", "Dear Sir or Madam,"]),
        ("zh-hans", ["尊敬的阿伊莎·汗先生/女士：", "尊敬的阿伊莎·汗先生：", "尊敬的阿伊莎·汗女士：",
                     "尊敬的阿伊莎·汗博士：", "尊敬的阿伊莎·汗阁下：", "尊敬的先生/女士："]),
        ("ur", ["جناب/محترمہ عائشہ خان، السلام علیکم", "جناب عائشہ خان، السلام علیکم", "محترمہ عائشہ خان، السلام علیکم",
                "ڈاکٹر عائشہ خان، السلام علیکم", "عزت مآب عائشہ خان، السلام علیکم", "جناب/محترمہ، السلام علیکم"]),
    ],
)  # fmt: skip
def test_people_are_addressed_as_they_wish(language: str, lines: list[str]) -> None:
    people = [User(name=Translated(PERSON), salutation=each) for each in User.Salutation.values]
    nameless = User(name=Translated(), email="nobody@firm.example", salutation="mr")
    with translation.override(language):
        assert [salutation(person) for person in (*people, nameless)] == lines


def reset_letter(person: User) -> tuple[str, str]:
    """The subject and the text of their letter, without the link."""
    assert send_reset.func(person.pk) == 1
    text, page = text_and_page()
    [link] = [word for word in text.split() if word.startswith(settings.PUBLIC_URL)]
    assert page.links == [link] * 2
    said = (subject(), text.replace(link, "LINK"))
    mail.outbox.clear()
    return said


RESET_LETTERS = {
    "en": (
        "Choose a new password | Hardware Online Fair",
        """Dear Ms Ayesha Khan,

We received a request to reset the password for your account. Open the link to choose a new password.

Choose a new password
LINK

If you did not request this, ignore this email. Your password will not change.

Kind regards,
The organisers, Hardware Online Fair
""",
    ),
    "zh-hans": (
        "设置新密码 | 五金网上交易会",
        """尊敬的阿伊莎·汗女士：

我们收到了重设您账号密码的请求。请打开链接设置新密码。

设置新密码
LINK

如非您本人操作，请忽略本邮件，您的密码不会改变。

顺颂商祺
五金网上交易会组委会
""",
    ),
    "ur": (
        "نیا پاس ورڈ منتخب کریں | ہارڈویئر آن لائن نمائش",
        """محترمہ عائشہ خان، السلام علیکم

ہمیں آپ کے اکاؤنٹ کا پاس ورڈ ری سیٹ کرنے کی درخواست ملی ہے۔ نیا پاس ورڈ منتخب کرنے کے لیے لنک کھولیں۔

نیا پاس ورڈ منتخب کریں
LINK

اگر یہ درخواست آپ نے نہیں کی تو اس ای میل کو نظر انداز کر دیں۔ آپ کا پاس ورڈ تبدیل نہیں ہوگا۔

والسلام
منتظمین، ہارڈویئر آن لائن نمائش
""",
    ),
}


@pytest.mark.parametrize("language", RESET_LETTERS)
def test_the_letter_for_a_new_password_names_the_fair(db: None, language: str) -> None:
    participation = make_buyer(make_fair(name=FAIR))
    person = make_staff(participation, name=PERSON, salutation="ms", language=language)
    assert reset_letter(person) == RESET_LETTERS[language]


def test_of_several_fairs_it_names_the_one_that_is_open_else_none(db: None) -> None:
    house = "Choose a new password | Online trade fair"
    closed, opened, draft = (make_fair(name={"en": state}, state=state) for state in ("closed", "open", "draft"))
    assert reset_letter(make_person())[0] == house
    person = make_staff(make_buyer(closed))
    company = person.positions.get().company
    assert reset_letter(person)[0] == "Choose a new password | closed"
    # Nobody but its organisers knows of a draft.
    for fair in (draft, opened):
        fair.participations.create(company=company, buys=True, state="approved")
    assert reset_letter(person)[0] == "Choose a new password | open"
    make_fair().roles.create(user=person, role="interpreter")
    assert reset_letter(person)[0] == house
    assert reset_letter(make_role(draft, "organiser"))[0] == "Choose a new password | draft"


def test_an_application_that_is_not_approved_counts_as_none(db: None) -> None:
    participation = make_buyer(make_fair(name=three("Fair")))
    participation.state = "submitted"
    participation.save()
    assert reset_letter(make_staff(participation))[0] == "Choose a new password | Online trade fair"
