//! What comes out of reading a report: the form `sayso.reading/1`. A reading holds the text it was made from, so that it can be checked alone.

use serde::{Deserialize, Serialize};

use crate::report::Report;
use crate::span::ByteSpan;

/// The form's name and version.
pub const SCHEMA: &str = "sayso.reading/1";

/// A report's statements, with the text they were found in.
///
/// ```
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("He said no deal was made.")?)?;
/// let json = serde_json::to_string(&reading).unwrap();
/// let again: sayso::Reading = serde_json::from_str(&json).unwrap();
/// assert_eq!(again, reading);
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// [`SCHEMA`].
    pub schema: String,
    /// The report.
    pub report: ReportRecord,
    /// Who and what the report gives as a source of statements, and the bodies they belong to.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// Its statements, in the order of their cues.
    pub statements: Vec<Statement>,
    /// Things cited as showing something.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Facts that the report says are withheld or not known.
    #[serde(default)]
    pub undisclosed: Vec<Undisclosed>,
    /// Quantities on which accounts could differ.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// How statements of the report stand to each other.
    #[serde(default)]
    pub relations: Vec<Relation>,
}

/// A report as a reading keeps it.
///
/// ```
/// let report = sayso::Report::new("x")?.with_id("a.txt");
/// let record = sayso::ReportRecord::from(&report);
/// assert_eq!((record.id.as_deref(), record.text.as_str()), (Some("a.txt"), "x"));
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportRecord {
    /// Its name: a path, an address, or null.
    pub id: Option<String>,
    /// The day it was published, `YYYY-MM-DD`, or null.
    pub published: Option<String>,
    /// The encoding it was converted from; left out when it was UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The whole text; offsets count its UTF-8 bytes.
    pub text: String,
    /// SHA-256 of the text, lower-case hexadecimal.
    pub sha256: String,
}

impl From<&Report> for ReportRecord {
    fn from(report: &Report) -> Self {
        Self {
            id: report.id().map(str::to_owned),
            published: report.published().map(str::to_owned),
            encoding: report.encoding().map(str::to_owned),
            text: report.text().to_owned(),
            sha256: report.sha256(),
        }
    }
}

/// Bytes `start..end` of the report's text, and that text.
///
/// ```
/// let report = sayso::Report::new("No, he said.")?;
/// let span = sayso::Span::new(&report, report.span(0..2)?);
/// assert_eq!((span.start, span.end, span.text.as_str()), (0, 2, "No"));
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Exactly those bytes.
    pub text: String,
}

impl Span {
    /// The text of a report at a span of it.
    ///
    /// # Panics
    /// When the span is another report's and does not fit this text.
    pub fn new(report: &Report, span: ByteSpan) -> Self {
        Self {
            start: span.start(),
            end: span.end(),
            text: report.slice(span).to_owned(),
        }
    }
}

/// A speaker's words as a report gives them.
///
/// ```
/// let reading = sayso::Engine::new()?.read(&sayso::Report::new("According to the court, both firms knew.")?)?;
/// let statement = &reading.statements[0];
/// assert_eq!((statement.id.as_str(), statement.kind), ("s1", sayso::Kind::Indirect));
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Its name within the reading: "s1", "s2", …
    pub id: String,
    /// The entity that its source resolves to; null where the text names no source.
    pub speaker: Option<String>,
    /// The body that the speaker speaks for.
    pub on_behalf_of: Option<String>,
    /// The words that name who is attributed, or null where the text names nobody.
    pub source: Option<Span>,
    /// The words that attribute, or null where the text leaves them out.
    pub cue: Option<Span>,
    /// What is attributed: one span per stretch and paragraph.
    pub content: Vec<Span>,
    /// How much of it is quoted.
    pub kind: Kind,
    /// What the speaker does with the words.
    pub stance: Stance,
    /// The words that say why the source would know, or is not named.
    pub justification: Option<Span>,
    /// Where it was said, as far as the text states it.
    pub channel: Option<Channel>,
    /// The day of the utterance, where the text fixes it.
    pub date: Option<Day>,
    /// The statement in whose content this one lies.
    pub nested_in: Option<String>,
    /// Evidence that bears on it.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// The tagger's probability of cue and content, 0 to 1, in thousandths.
    pub confidence: f64,
}

/// How a statement is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Only quoted matter, or a transcript's turn.
    Direct,
    /// Nothing quoted.
    Indirect,
    /// Part quoted.
    Mixed,
}

impl Kind {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::Kind::Mixed.name(), "mixed");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Indirect => "indirect",
            Kind::Mixed => "mixed",
        }
    }
}

/// What a speaker does with the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Says that it is so.
    Asserts,
    /// Says that a charge or claim is not so.
    Denies,
    /// Contests another's account.
    Rejects,
    /// Says that it is so as others said, or admits it.
    Confirms,
    /// Will not say, or does not answer.
    Declines,
    /// Holds somebody responsible.
    Blames,
    /// Wants somebody to do something.
    Demands,
    /// Says what will be.
    Predicts,
    /// Puts a question.
    Asks,
    /// Says what the speaker will do.
    Promises,
    /// Believes, fears, hopes or wants; nothing was said.
    Thinks,
    /// Thanks, apologises, welcomes, regrets.
    Other,
}

impl Stance {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::Stance::Other.name(), "other");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Stance::Asserts => "asserts",
            Stance::Denies => "denies",
            Stance::Rejects => "rejects",
            Stance::Confirms => "confirms",
            Stance::Declines => "declines",
            Stance::Blames => "blames",
            Stance::Demands => "demands",
            Stance::Predicts => "predicts",
            Stance::Asks => "asks",
            Stance::Promises => "promises",
            Stance::Thinks => "thinks",
            Stance::Other => "other",
        }
    }
}

/// What kind of place a statement was made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// A post on a platform.
    SocialPost,
    /// A written statement, press release or company blog.
    Statement,
    /// Told reporters; a briefing.
    PressConference,
    /// Told one outlet.
    Interview,
    /// Court papers, testimony.
    Filing,
    /// A study, audit, log or inquiry report.
    Report,
    /// On radio or television.
    Broadcast,
    /// A letter, e-mail or text message.
    Letter,
    /// In parliament, at a rally or ceremony.
    Speech,
    /// A conference call, a leaked recording.
    Other,
}

impl ChannelKind {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::ChannelKind::Other.name(), "other");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            ChannelKind::SocialPost => "social_post",
            ChannelKind::Statement => "statement",
            ChannelKind::PressConference => "press_conference",
            ChannelKind::Interview => "interview",
            ChannelKind::Filing => "filing",
            ChannelKind::Report => "report",
            ChannelKind::Broadcast => "broadcast",
            ChannelKind::Letter => "letter",
            ChannelKind::Speech => "speech",
            ChannelKind::Other => "other",
        }
    }
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// One person, named or not.
    Person,
    /// A body, an office, a company.
    Organisation,
    /// Several persons together.
    Group,
    /// A document that speaks for itself.
    Document,
    /// An outlet.
    Media,
}

impl EntityKind {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::EntityKind::Media.name(), "media");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Organisation => "organisation",
            EntityKind::Group => "group",
            EntityKind::Document => "document",
            EntityKind::Media => "media",
        }
    }
}

/// Whether the text names an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    /// By name.
    Named,
    /// Simply not named.
    Unnamed,
    /// Not named because anonymity was granted or asked for.
    Anonymous,
}

impl Naming {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::Naming::Anonymous.name(), "anonymous");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Naming::Named => "named",
            Naming::Unnamed => "unnamed",
            Naming::Anonymous => "anonymous",
        }
    }
}

/// What kind of thing is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// Moving pictures.
    Video,
    /// A still picture.
    Photo,
    /// A recording of sound.
    Audio,
    /// A text that shows something.
    Document,
    /// Measurements, records in numbers.
    Data,
    /// An image from above.
    Satellite,
    /// A witness or expert cited by somebody else.
    Witness,
}

impl EvidenceKind {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::EvidenceKind::Witness.name(), "witness");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            EvidenceKind::Video => "video",
            EvidenceKind::Photo => "photo",
            EvidenceKind::Audio => "audio",
            EvidenceKind::Document => "document",
            EvidenceKind::Data => "data",
            EvidenceKind::Satellite => "satellite",
            EvidenceKind::Witness => "witness",
        }
    }
}

/// Which way evidence points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// For the statement.
    Supports,
    /// Against it.
    Contradicts,
    /// Neither, as far as the text says.
    Neutral,
}

impl Direction {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::Direction::Neutral.name(), "neutral");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Direction::Supports => "supports",
            Direction::Contradicts => "contradicts",
            Direction::Neutral => "neutral",
        }
    }
}

/// How a figure is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The value itself.
    Exactly,
    /// That or more.
    AtLeast,
    /// That or less.
    AtMost,
    /// Near it.
    About,
}

impl Bound {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::Bound::About.name(), "about");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Bound::Exactly => "exactly",
            Bound::AtLeast => "at_least",
            Bound::AtMost => "at_most",
            Bound::About => "about",
        }
    }
}

/// How one statement stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// Contests it.
    Disputes,
    /// Confirms it.
    Supports,
    /// Says the same by the same speaker.
    Repeats,
    /// The same source on a later state.
    Updates,
    /// Answers without contesting.
    RespondsTo,
}

impl RelationKind {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::RelationKind::RespondsTo.name(), "responds_to");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            RelationKind::Disputes => "disputes",
            RelationKind::Supports => "supports",
            RelationKind::Repeats => "repeats",
            RelationKind::Updates => "updates",
            RelationKind::RespondsTo => "responds_to",
        }
    }
}

/// What a relation rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The text says so.
    Words,
    /// Values of one quantity that cannot both hold.
    Figures,
    /// What is said cannot both be true.
    Content,
}

impl Basis {
    /// Its name in JSON.
    ///
    /// ```
    /// assert_eq!(sayso::Basis::Content.name(), "content");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Basis::Words => "words",
            Basis::Figures => "figures",
            Basis::Content => "content",
        }
    }
}

/// A person, body, group, document or outlet that the report gives as a source, or that a source speaks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Its name within the reading: "e1", "e2", …
    pub id: String,
    /// The fullest name the text gives, without titles and roles; as printed where it has none.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Whether it is named.
    pub naming: Naming,
    /// What the text says it is: "Mayor of Minneapolis".
    pub roles: Vec<String>,
    /// The bodies it belongs to.
    pub affiliations: Vec<Affiliation>,
    /// The words that refer to it, in order.
    pub mentions: Vec<Span>,
}

/// A body that an entity belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Affiliation {
    /// Its entity, where it is one.
    pub entity: Option<String>,
    /// Its name as the text gives it.
    pub name: String,
}

/// Where a statement was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    /// What kind of place.
    pub kind: ChannelKind,
    /// The platform, outlet, programme or station.
    pub name: Option<String>,
    /// The words that say so.
    pub span: Option<Span>,
    /// Stated for an earlier statement of the same speaker.
    pub inherited: bool,
}

/// The day of an utterance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// `YYYY-MM-DD`.
    pub value: String,
    /// The words that fix it.
    pub span: Option<Span>,
}

/// A thing cited as showing something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its name within the reading: "v1", "v2", …
    pub id: String,
    /// What it is.
    pub kind: EvidenceKind,
    /// The words that name it.
    pub mention: Span,
    /// The entity that cites it, or "reporter".
    pub asserted_by: String,
    /// The statements it is for or against.
    pub bears_on: Vec<String>,
    /// Which way it points.
    pub direction: Direction,
    /// What it is said to show.
    pub words: Option<Span>,
}

/// A fact that is withheld or not known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Undisclosed {
    /// The clause that says so.
    pub span: Span,
    /// What is withheld, in the words of the text.
    pub about: String,
}

/// A quantity that a statement, or the narration, gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The statement it stands in; null in narration.
    pub statement: Option<String>,
    /// What is counted or measured: "people killed".
    pub quantity: String,
    /// How much, in `unit`.
    pub value: f64,
    /// "USD", "km", "percent", …; null for a count.
    pub unit: Option<String>,
    /// How it is bounded.
    pub bound: Bound,
    /// The words or digits.
    pub span: Span,
}

/// How one statement, or a piece of evidence, stands to another statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// The later or contesting one.
    pub from: String,
    /// The one it is about.
    pub to: String,
    /// How.
    pub kind: RelationKind,
    /// What it rests on.
    pub basis: Basis,
    /// The words that show it.
    pub words: Option<Span>,
    /// 0 to 1.
    pub confidence: f64,
}
