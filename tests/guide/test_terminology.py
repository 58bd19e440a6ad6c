"""NCI's terminology files: tab-delimited text and ODM-XML tell the same."""

from pathlib import Path

import pytest

from cdisc_hai.guide.terminology import NciTerm, TerminologyError, read_terminology

HEAD = (
    "Code\tCodelist Code\tCodelist Extensible (Yes/No)\tCodelist Name\tCDISC Submission Value\t"
    "CDISC Synonym(s)\tCDISC Definition\tNCI Preferred Term\tStandard and Date\n"
)
TEXT = HEAD + (
    'C66742\t\tNo\tNo Yes Response\tNY\tNo Yes Response\t"Says ""yes"", or no."\tNo Yes\tSDTM CT 2025-03-28\n'
    "C49487\tC66742\t\tNo Yes Response\tN\tNo\tNo.\tNo\tSDTM CT 2025-03-28\n"
    "C49488\tC66742\t\tNo Yes Response\tY\tYes; Ja\tYes.\tAffirmed\tSDTM CT 2025-03-28\n"
    "C71620\t\tYes\tUnit\tUNIT\tUnit\tUnits.\tUnit\tSDTM CT 2025-03-28\n"
    'C48155\tC71620\t\tUnit\tg\tGram\t"A ""gram""."\tGram\tSDTM CT 2025-03-28\n'
)
XML = """<?xml version="1.0" encoding="UTF-8"?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3"
  xmlns:nciodm="http://ncicb.nci.nih.gov/xml/odm/EVS/CDISC" FileOID="CDISC_CT.SDTM.2025-03-28">
 <Study OID="S"><MetaDataVersion OID="M.2025-03-28" Name="SDTM">
  <CodeList OID="CL.C66742.NY" Name="No Yes Response" DataType="text" nciodm:ExtCodeID="C66742"
    nciodm:CodeListExtensible="No">
   <EnumeratedItem CodedValue="N" nciodm:ExtCodeID="C49487">
    <nciodm:CDISCSynonym>No</nciodm:CDISCSynonym><nciodm:PreferredTerm>No</nciodm:PreferredTerm>
   </EnumeratedItem>
   <EnumeratedItem CodedValue="Y" nciodm:ExtCodeID="C49488">
    <nciodm:CDISCSynonym>Yes</nciodm:CDISCSynonym><nciodm:CDISCSynonym>Ja</nciodm:CDISCSynonym>
    <nciodm:PreferredTerm>Affirmed</nciodm:PreferredTerm>
   </EnumeratedItem>
  </CodeList>
  <CodeList OID="CL.C71620.UNIT" Name="Unit" DataType="text" nciodm:ExtCodeID="C71620"
    nciodm:CodeListExtensible="Yes">
   <EnumeratedItem CodedValue="g" nciodm:ExtCodeID="C48155">
    <nciodm:CDISCSynonym>Gram</nciodm:CDISCSynonym><nciodm:PreferredTerm>Gram</nciodm:PreferredTerm>
   </EnumeratedItem>
  </CodeList>
 </MetaDataVersion></Study>
</ODM>
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "terminology"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT, XML])
def test_text_and_xml_tell_the_same_lists_terms_codes_and_date(text: str, tmp_path: Path) -> None:
    found = read_terminology([written(tmp_path, text)])
    assert found.dates == ("2025-03-28",)
    assert list(found.codelists) == ["C66742", "C71620"]
    yes_no, unit = found.codelists.values()
    assert (yes_no.name, yes_no.extensible) == ("No Yes Response", False)
    assert (unit.name, unit.extensible) == ("Unit", True)
    assert yes_no.terms == {
        "N": NciTerm("N", "C49487", ("No", "No")),
        "Y": NciTerm("Y", "C49488", ("Yes", "Ja", "Affirmed")),
    }
    assert unit.terms == {"g": NciTerm("g", "C48155", ("Gram", "Gram"))}


def test_a_quote_within_a_cell_swallows_no_line(tmp_path: Path) -> None:
    odd = TEXT.replace('"Says ""yes"", or no."', '"Yes" is one of two')
    found = read_terminology([written(tmp_path, odd)])
    assert list(found.codelists["C66742"].terms) == ["N", "Y"]


def test_a_file_that_is_not_utf_8_is_read_as_windows_text(tmp_path: Path) -> None:
    found = read_terminology([written(tmp_path, TEXT.replace("Ja", "Déjà").encode("cp1252"))])
    assert found.codelists["C66742"].terms["Y"].words == ("Yes", "Déjà", "Affirmed")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Code;Codelist Code\nC1;C2\n", "no column 'Code'; give NCI's tab-delimited text"),
        ("", "no column 'Code'"),
        (HEAD, "no codelist in it"),
        ("<ODM><unclosed></ODM>", "not XML"),
        ("<ODM xmlns='http://www.cdisc.org/ns/odm/v1.3'/>", "no codelist in it"),
        (
            '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/hostname">]><o>&x;</o>',
            "it declares a DOCTYPE",
        ),
    ],
)
def test_a_file_that_is_no_terminology_is_refused_in_words(
    text: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(TerminologyError) as error:
        read_terminology([written(tmp_path, text)])
    assert said in str(error.value) and str(tmp_path) in str(error.value)


def test_a_doctype_hides_in_no_other_encoding(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE o [<!ENTITY x "y">]><o>&x;</o>'
    with pytest.raises(TerminologyError):
        read_terminology([written(tmp_path, text.encode("utf-16"))])


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TerminologyError, match="name a readable file"):
        read_terminology([tmp_path / "none.txt"])
