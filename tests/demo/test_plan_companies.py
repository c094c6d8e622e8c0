"""The plan's companies and people add up to the published figures."""

from collections import Counter

from fairplatform.demo.content.positions import CHIEF_EXECUTIVES
from fairplatform.demo.plan.fair_plan import fair_plan

PLAN = fair_plan()
EXHIBITORS = [firm for firm in PLAN.companies if firm.role == "exhibitor"]
BUYERS = [firm for firm in PLAN.companies if firm.role == "buyer"]


def test_there_are_156_companies():
    assert (len(EXHIBITORS), len(BUYERS), len(PLAN.companies)) == (96, 60, 156)


def test_exhibitors_by_city_and_prefecture():
    assert Counter(firm.city.key for firm in EXHIBITORS) == {
        "yongkang": 22,
        "yiwu": 14,
        "jinhua": 4,
        "ningbo": 20,
        "wenzhou": 16,
        "taizhou": 14,
        "hangzhou": 6,
    }
    assert Counter(firm.city.district for firm in EXHIBITORS) == {
        "jinhua": 40,
        "ningbo": 20,
        "wenzhou": 16,
        "taizhou": 14,
        "hangzhou": 6,
    }


def test_exhibitors_by_hall():
    by_hall = Counter(firm.hall for firm in EXHIBITORS)
    assert [by_hall[hall.key] for hall in PLAN.halls] == [9, 9, 9, 7, 10, 9, 10, 8, 6, 7, 5, 7]
    assert [hall.number for hall in PLAN.halls] == list(range(1, 13))


def test_exhibitors_by_kind_and_new_to_pakistan():
    assert Counter(firm.kind for firm in EXHIBITORS) == {"manufacturer": 71, "trader": 17, "both": 8}
    assert sum(firm.new_to_pakistan for firm in EXHIBITORS) == 38
    assert [firm.verified for firm in PLAN.companies].count(False) == 1


def test_buyers_by_city():
    assert Counter(firm.city.district for firm in BUYERS) == {
        "lahore": 22,
        "karachi": 17,
        "gujranwala": 6,
        "faisalabad": 6,
        "sialkot": 5,
        "islamabad": 4,
    }


def test_buyers_by_kind_and_recruiting_unit():
    assert Counter(firm.kind for firm in BUYERS) == {
        "importer_wholesaler": 27,
        "distributor_agent": 12,
        "manufacturer": 11,
        "retail_chain": 5,
        "contractor": 3,
        "association_group": 2,
    }
    assert Counter(firm.unit for firm in BUYERS) == {
        "phma": 21,
        "lahore-chamber": 14,
        "karachi-chamber": 11,
        "gujranwala-chamber": 5,
        "faisalabad-chamber": 5,
        None: 4,
    }


def test_lead_purchasers_by_position():
    leads = [person for person in PLAN.people if person.role == "buyer_lead"]
    assert Counter(person.position for person in leads) == {
        "chief_executive": 19,
        "managing_director": 14,
        "proprietor": 12,
        "managing_partner": 6,
        "procurement_manager": 4,
        "director_imports": 3,
        "business_development_manager": 2,
    }
    assert sum(person.position in CHIEF_EXECUTIVES for person in leads) == 51
    assert {person.company for person in leads} == {firm.key for firm in BUYERS}


def test_people_by_role():
    roles = Counter(person.role for person in PLAN.people)
    assert roles == {
        "exhibitor_manager": 96,
        "exhibitor_staff": 221,
        "buyer_lead": 60,
        "buyer_staff": 36,
        "interpreter": 24,
        "liaison": 6,
        "organiser": 4,
        "delegate": 6,
    }
    assert len(PLAN.people) == 453


def test_interpreters_by_language_pair_and_on_call():
    interpreters = [person for person in PLAN.people if person.role == "interpreter"]
    assert Counter((person.interprets, person.on_call) for person in interpreters) == {
        ("zh-ur", False): 9,
        ("zh-en", False): 9,
        ("zh-en", True): 6,
    }


def test_each_unit_has_its_delegate():
    delegates = [person for person in PLAN.people if person.role == "delegate"]
    assert [person.unit for person in delegates] == [unit.key for unit in PLAN.fair.units]


def test_there_are_four_main_personas():
    personas = {person.persona: (person.name["en"], person.company) for person in PLAN.people if person.persona}
    assert personas == {
        "exhibitor": ("Chen Jianguo", "yongkang-bubujin-tools"),
        "buyer": ("Muhammad Usman Sheikh", "torange-hardware-traders"),
        "interpreter": ("Shen Yiting", None),
        "organiser": ("Zhou Haibo", None),
    }
    firms = {firm.key: firm for firm in PLAN.companies}
    assert firms["yongkang-bubujin-tools"].hall == "hand-tools"
    assert firms["torange-hardware-traders"].city.key == "lahore"


def test_keys_names_and_addresses_are_unique():
    for rows, name in (
        (PLAN.companies, "key"),
        (PLAN.companies, "registration"),
        (PLAN.people, "key"),
        (PLAN.people, "email"),
        (PLAN.people, "phone"),
        (PLAN.products, "key"),
        (PLAN.slots, "key"),
        (PLAN.meetings, "key"),
        (PLAN.requests, "key"),
        (PLAN.inquiries, "key"),
    ):
        values = [getattr(row, name) for row in rows]
        assert len(set(values)) == len(values), name
    for language in ("en", "zh-hans", "ur"):
        firms = [firm.name[language] for firm in PLAN.companies]
        people = [person.name[language] for person in PLAN.people]
        assert (len(set(firms)), len(set(people))) == (156, 453)


def test_names_and_addresses_are_recognizably_invented():
    assert [firm.registration.startswith("DEMO-") for firm in PLAN.companies].count(True) == 156
    assert [firm.name["en"].endswith("(Demo)") for firm in PLAN.companies].count(True) == 156
    assert [person.email.endswith(".example") for person in PLAN.people].count(True) == 453
    prefix = {"CN": "+86 000 ", "PK": "+92 000 "}
    assert [person.phone.startswith(prefix[person.country]) for person in PLAN.people].count(True) == 453


def test_the_plan_of_a_seed_is_always_the_same():
    assert fair_plan.__wrapped__(2020) == PLAN
