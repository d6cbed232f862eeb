//! What the columns of other programs are called, and what they mean here.
//!
//! Names are compared without case, blanks and punctuation: `E-mail Address`, `email_address` and
//! `EMAILADDRESS` are one. Sources: SITS, Banner, EUCLID, Moodle, `SEAtS`, KMS, and plain English.

use std::{collections::HashMap, sync::LazyLock};

/// What a column of a tutee list says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, strum::VariantArray)]
pub enum Column {
    /// The university's student number.
    Number,
    /// First or given names.
    FirstName,
    /// Further given names or their initials.
    MiddleNames,
    /// Last or family name.
    FamilyName,
    /// First and family name in one cell.
    FullName,
    /// The first name the student wants to be called by.
    PreferredName,
    /// Pronouns.
    Pronouns,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// The code of the programme.
    ProgrammeCode,
    /// The title of the programme.
    ProgrammeTitle,
    /// The lead school or department.
    School,
    /// The second discipline of a joint degree.
    SecondDiscipline,
    /// FHEQ level.
    Level,
    /// Year of the programme.
    Stage,
    /// Full-time, part-time, distance learning.
    Mode,
    /// Kind of study: taught, joint, year abroad and so on.
    Kind,
    /// When the student began.
    EntryDate,
    /// Whether this is the student's first year.
    NewEntrant,
    /// Date of birth; only used to know until when the student is under 18.
    DateOfBirth,
    /// Until when the student is under 18.
    Under18Until,
    /// Enrolled, interrupted, withdrawn and so on.
    Status,
    /// The academic year that the enrolment is for.
    AcademicYear,
    /// The tutor's name.
    TutorName,
    /// The tutor's e-mail address.
    TutorEmail,
    /// The tutor's staff number.
    TutorNumber,
    /// Banner's mark of a row with a former name or number.
    FormerRow,
}

impl Column {
    /// All columns, in the order in which a mapping screen offers them.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// What the column says, in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Number => "student number",
            Self::FirstName => "first name",
            Self::MiddleNames => "middle names",
            Self::FamilyName => "family name",
            Self::FullName => "full name",
            Self::PreferredName => "preferred name",
            Self::Pronouns => "pronouns",
            Self::Email => "e-mail",
            Self::Phone => "phone",
            Self::ProgrammeCode => "programme code",
            Self::ProgrammeTitle => "programme",
            Self::School => "lead school",
            Self::SecondDiscipline => "second discipline",
            Self::Level => "level",
            Self::Stage => "stage",
            Self::Mode => "mode of study",
            Self::Kind => "kind of study",
            Self::EntryDate => "entry date",
            Self::NewEntrant => "new entrant",
            Self::DateOfBirth => "date of birth",
            Self::Under18Until => "under 18 until",
            Self::Status => "status",
            Self::AcademicYear => "academic year",
            Self::TutorName => "tutor",
            Self::TutorEmail => "tutor's e-mail",
            Self::TutorNumber => "tutor's number",
            Self::FormerRow => "former name or number",
        }
    }

    /// The column of a label that [`Column::label`] gave.
    #[must_use]
    pub fn of_label(label: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.label() == label)
    }
}

/// What a header means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A column that is imported; of two with the same meaning the one with more strength is taken.
    Of(Column, u8),
    /// A protected characteristic: never imported.
    Protected,
    /// Known, and of no use here.
    Unused,
}

/// What a header means, where its name is known.
#[must_use]
pub fn meaning(header: &str) -> Option<Meaning> {
    NAMES.get(&plain(header)).copied()
}

/// How many of the cells are known as headers.
pub fn count_known<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    cells.filter(|cell| cell.len() < 60 && meaning(cell).is_some()).count()
}

/// A header without case, blanks, punctuation and the numbers that `SEAtS` puts before its fields.
#[must_use]
pub fn plain(header: &str) -> String {
    let header = header.trim();
    let digits = header.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let header = if digits.len() < header.len() {
        digits.strip_prefix('.').unwrap_or(header)
    } else {
        header
    };
    if !header.is_ascii() {
        let letters = header.chars().filter(|letter| letter.is_alphanumeric());
        return letters.flat_map(char::to_lowercase).collect();
    }
    let mut plain = String::with_capacity(header.len());
    let letters = header.bytes().filter(u8::is_ascii_alphanumeric);
    plain.extend(letters.map(|letter| char::from(letter.to_ascii_lowercase())));
    plain
}

static NAMES: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let words = |words: &'static str| words.split_whitespace().map(str::to_owned);
    let columns = COLUMNS.iter().flat_map(|(column, strength, names)| {
        words(names).map(|name| (name, Meaning::Of(*column, *strength)))
    });
    let protected = words(PROTECTED).map(|name| (name, Meaning::Protected));
    let unused = words(UNUSED).map(|name| (name, Meaning::Unused));
    columns.chain(protected).chain(unused).collect()
});

/// Header names as [`plain`] leaves them, with their strength: 3 and more say it exactly, 1 is a guess.
#[rustfmt::skip]
const COLUMNS: &[(Column, u8, &str)] = &[
    (Column::Number, 3, "studentnumber studentno studentnum studentid studentidnumber studentidentifier idnumber \
        stucode stunumber stuid studentcode universitynumber uun matriculationnumber matricnumber matricno matric \
        registrationnumber regnumber regno rollnumber rollno spridenid bannerid candidatenumber tuteenumber tuteeid \
        sitsid sitsnumber personid studentref studentreference"),
    // It is the number of STU_CODE and says which course as well.
    (Column::Number, 4, "sprcode"),
    (Column::Number, 2, "number id"),
    (Column::Number, 1, "scjcode externalid userid username"),
    (Column::FirstName, 3, "firstname firstnames forename forenames forename1 firstforename givenname givennames stufnm1 \
        spridenfirstname studentfirstname studentforename first given"),
    (Column::MiddleNames, 3, "middlename middlenames middleinitial othernames forename2 stufnm2 spridenmi"),
    (Column::FamilyName, 3, "lastname surname familyname stusurn spridenlastname studentsurname studentlastname \
        studentfamilyname last family"),
    (Column::FullName, 3, "fullname name studentname studentfullname displayname stuname applicantname tutee \
        tuteename userfullname nameinfull namefull"),
    (Column::FullName, 1, "student participant learner"),
    (Column::PreferredName, 3, "preferredname preferredfirstname preferredforename knownas nickname stufusd \
        spbpersprefirstname spbpersprefname spbpersprefirst usedname usualname chosenname spbpersprefnameused \
        spbperspreffirstname"),
    (Column::Pronouns, 3, "pronouns pronoun personalpronouns preferredpronouns stupron"),
    (Column::Email, 3, "email emailaddress studentemail studentemailaddress universityemail universityemailaddress \
        mail mailaddress stuemail stuinem stucaem goremalemailaddress tuteeemail institutionalemail"),
    (Column::Email, 1, "personalemail homeemail stuhaem"),
    (Column::Phone, 3, "phone phonenumber telephone telephonenumber tel mobile mobilenumber mobilephone cell \
        cellphone stutel stucat3 applicantmobile contactnumber studentphone studentmobile"),
    (Column::Phone, 1, "hometelephone homephone phone1 phone2"),
    (Column::ProgrammeCode, 3, "programmecode programcode prgcode sprprgc scjprgc crscode scjcrsc coursecode \
        sgbstdnprogram1 degreecode"),
    (Column::ProgrammeCode, 2, "roucode scjrouc sprrouc routecode route"),
    (Column::ProgrammeTitle, 3, "programme program programmetitle programtitle programmename programname prgname \
        programmeofstudy degreeprogramme degreeprogram degree coursetitle coursename course crsname rouname \
        routetitle routename degreetitle"),
    (Column::School, 3, "leadschool homeschool school schoolname leaddepartment"),
    (Column::School, 2, "department departmentname dept dptcode dptname sprdptc schoolcode departmentcode \
        sgbstdncollcode1 homedepartment"),
    (Column::School, 1, "faculty college"),
    (Column::SecondDiscipline, 3, "seconddiscipline secondschool secondsubject jointschool seconddepartment \
        minor minorsubject jointsubject"),
    (Column::Level, 3, "level levelofstudy studylevel academiclevel fheqlevel fheq levcode sprlevc scelevc \
        currentlevel"),
    (Column::Level, 1, "sgbstdnlevlcode"),
    (Column::Stage, 3, "stage yearofstudy yearofprogramme yearofprogram yearofcourse programmeyear courseyear \
        studyyear sceblok block currentstage"),
    (Column::Stage, 2, "year yr"),
    (Column::Mode, 3, "mode modeofstudy studymode modeofattendance attendancemode scemoac moacode ftpt fulltimeparttime \
        attendancetype"),
    (Column::Kind, 3, "kind kindofstudy studenttype studykind typeofstudy studytype"),
    (Column::EntryDate, 3, "entrydate startdate dateofentry enrolmentdate enrollmentdate scjbegd scebegd coursestartdate \
        programmestartdate begindate commencementdate started registrationdate"),
    (Column::NewEntrant, 3, "newentrant newstudent firstyearofentry newstarter isnew"),
    (Column::DateOfBirth, 3, "dateofbirth dob birthdate birthday studob spbpersbirthdate"),
    (Column::Under18Until, 3, "under18until under18 minoruntil"),
    (Column::Status, 3, "status studentstatus enrolmentstatus enrollmentstatus registrationstatus scestac scjstac \
        sgbstdnststcode"),
    (Column::AcademicYear, 3, "academicyear ayrcode sceayrc acadyear academicsession acyear"),
    (Column::TutorName, 3, "tutor tutorname personaltutor personaltutorname academictutor academictutorname advisor \
        adviser advisorname advisername academicadvisor academicadviser personaladvisor prsname \
        personaltutorfullname tutorfullname pt ptname"),
    (Column::TutorEmail, 3, "tutoremail tutoremailaddress personaltutoremail personaltutoremailaddress advisoremail \
        adviseremail academictutoremail academicadvisoremail prsemad ptemail"),
    (Column::TutorNumber, 3, "tutornumber tutorid tutorcode staffnumber staffid staffno personaltutorid \
        personaltutornumber personaltutorcode scjprsc sprprsc prscode advisorid adviserid"),
    (Column::FormerRow, 3, "spridenchangeind"),
];

const PROTECTED: &str = "gender sex legalsex genderidentity sameasbirthgender stugend spbperssex ethnicity ethnicorigin \
    ethnicgroup ethnic race stuethc spbpersethncode disability disabled disabilities disabilitycode studsbc specialneed \
    specialneeds religion religionorbelief faith sexualorientation nationality stunatc countryofbirth domicile \
    maritalstatus pregnancy genderreassignment careleaver carer polar polarquintile tundra imdquintile \
    sexid age";

const UNUSED: &str = "title stutitl salutation institution city town country address address1 address2 postcode zip \
    time affecteduser eventcontext component eventname description origin ipaddress lastdownloadedfromthiscourse \
    coursetotal modulecode moduletitle modcode sessionname awdcode award scjendd scjeend smsmcrd smsoccl sescode \
    smractm smragrm smragrg feecategory feestatus visarequired roles role groups group lastaccess lastaccesstocourse \
    cgpa attemptcount remotestudent probation highrisk termexceeded atrisk atriskssc othermodules \
    prerequisitemodules plagiarismhistory malpracticehistory familyphonenumbers student1618 notes comments \
    suspended enrolled";

#[cfg(test)]
mod tests {
    use super::*;

    fn column(header: &str) -> Option<Column> {
        match meaning(header)? {
            Meaning::Of(column, _) => Some(column),
            Meaning::Protected | Meaning::Unused => None,
        }
    }

    #[test]
    fn case_blanks_and_punctuation_do_not_matter() {
        for header in [
            "E-mail Address",
            "email_address",
            "EMAILADDRESS",
            " Email  address: ",
            "61.EMAIL_ADDRESS",
        ] {
            assert_eq!(column(header), Some(Column::Email), "{header}");
        }
    }

    #[test]
    fn the_names_of_student_systems_are_known() {
        let known = [
            ("STU_CODE", Column::Number),
            ("SPR_CODE", Column::Number),
            ("LEV_CODE", Column::Level),
            ("SPR_LEVC", Column::Level),
            ("SCJ_BEGD", Column::EntryDate),
            ("SCE_STAC", Column::Status),
            ("SCE_MOAC", Column::Mode),
            ("SCJ_PRSC", Column::TutorNumber),
            ("PRS_CODE", Column::TutorNumber),
            ("ROU_CODE", Column::ProgrammeCode),
            ("SPRIDEN_ID", Column::Number),
            ("SPRIDEN_LAST_NAME", Column::FamilyName),
            ("ID number", Column::Number),
            ("Surname", Column::FamilyName),
            ("RollNumber", Column::Number),
            ("ApplicantName", Column::FullName),
            ("Advisor", Column::TutorName),
            ("Known as", Column::PreferredName),
        ];
        for (header, meant) in known {
            assert_eq!(column(header), Some(meant), "{header}");
        }
    }

    #[test]
    fn protected_characteristics_are_known_as_such() {
        for header in ["Gender", "ETHNICITY", "Disability", "SpecialNeed", "Sexual orientation"] {
            assert_eq!(meaning(header), Some(Meaning::Protected), "{header}");
        }
    }

    #[test]
    fn no_name_stands_for_two_things() {
        let mut seen = std::collections::HashSet::new();
        let names = COLUMNS.iter().map(|(_, _, names)| *names).chain([PROTECTED, UNUSED]);
        for name in names.flat_map(str::split_whitespace) {
            assert!(seen.insert(name), "{name} is listed twice");
            assert_eq!(plain(name), name, "{name} can never match");
        }
    }

    #[test]
    fn labels_name_their_column() {
        for column in Column::ALL {
            assert_eq!(Column::of_label(column.label()), Some(*column));
        }
    }
}
