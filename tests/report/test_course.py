"""A subject's lesions drawn as a table."""

from cdisc_hai.report.course import Course, CourseLesion, CourseVisit, course_lines


def test_long_responses_keep_their_columns_apart_and_a_difference_is_marked() -> None:
    said = "NON-CR/NON-PD"
    visits = (
        CourseVisit("WEEK 6", 6, "2024-02-12", ("present",), derived=said, investigator=said),
        CourseVisit(
            "WEEK 12", 12, "2024-03-25", ("present",), derived="PD", investigator=said, differs=True
        ),
    )
    course = Course("01-1", "", (CourseLesion("NT01", "non-target"),), visits)
    assert [line for line in course_lines(course) if line][1:] == [
        "                              WEEK 6          WEEK 12",
        "                          2024-02-12       2024-03-25",
        "  ---------------------------------------------------",
        "  NT01                       present          present",
        "  ---------------------------------------------------",
        "  DERIVED              NON-CR/NON-PD               PD",
        "  INVESTIGATOR         NON-CR/NON-PD  NON-CR/NON-PD *",
    ]
