// biome-ignore-all format: written from the command list in bm-api; UPDATE_BINDINGS=1 writes it again.
// Types of the command list. Money is a string of whole VND, other decimals are strings, a day is
// YYYY-MM-DD, a time is RFC 3339 in UTC.

/** An account by its name. */
export type AccountName = {
  /** Its name. */
  name: string;
};
/** An account as it is to be. */
export type AccountSave = {
  /** Account name; an unknown one makes a new account. */
  name: string;
  /** Name to show. */
  display_name: string;
  /** What it may do. */
  role: Role;
  /** Whether it may sign in. */
  active: boolean;
  /** The parts of the work it is assigned to; all of them when none is named. */
  duties: Array<Duty>;
  /** A new password; the old one stays when absent. */
  password?: string | null;
};
/** An account, without its password. */
export type AccountView = {
  /** Account name. */
  name: string;
  /** Name to show. */
  display_name: string;
  /** What it may do. */
  role: Role;
  /** Whether it may sign in. */
  active: boolean;
  /** The parts of the work it is assigned to; all of them when none is named. */
  duties: Array<Duty>;
  /** Whether it has to change its password when it signs in next. */
  must_change_password: boolean;
  /** Wrong tries in a row. */
  wrong_tries: number;
  /** Until when it is locked; nothing when it is not. */
  locked_until: string | null;
};
/** The page for aligning a printer. */
export type AlignmentPrint = {
  /** Size of the paper. */
  paper?: PaperSize | null;
  /** How far prints are moved now. */
  shift: Shift;
};
/** In which order the lines use up the exemption; the texts leave it to the declarant. */
export type Allocation = "entered" | "least_tax";
/** What an anchor says of this database. */
export type AnchorAnswer = "holds" | "neighbour" | "forged" | "other_office" | "other_key" | "future" | "missing" | "differs" | "contradicts";
/** The day of an anchor. */
export type AnchorDay = {
  /** The day. */
  day: string;
};
/** An anchor as another office handed it in. */
export type AnchorText = {
  /** The text of its file. */
  text: string;
};
/** An anchor. */
export type AnchorView = {
  /** Its id. */
  id: string;
  /** Whether this office made it. */
  ours: boolean;
  /** Its day. */
  day: BusinessDay;
  /** When it was made. */
  made: string;
  /** By whom. */
  by: string;
  /** Which office. */
  office: string;
  /** Where each series stood. */
  roots: Array<RootView>;
  /** The public key it is signed with, in groups. */
  key: string;
  /** What it says of this database. */
  answer: AnchorAnswer;
  /** The same in words. */
  message: string;
  /** Whether nothing speaks against the log. */
  fine: boolean;
};
/** The answer to a form. */
export type Answer = {
  /** The form's id as given. */
  id: string;
  /** Its number, once registered. */
  number: string | null;
  /** What came of it; a known id is answered as it was the first time. */
  status: AnswerStatus;
  /** Customs value. */
  value_vnd: Vnd;
  /** Within the quota. */
  exempt_vnd: Vnd;
  /** Above it. */
  excess_vnd: Vnd;
  /** Import or export duty. */
  duty_vnd: Vnd;
  /** Excise. */
  excise_vnd: Vnd;
  /** Environment tax. */
  environment_vnd: Vnd;
  /** Value added tax. */
  vat_vnd: Vnd;
  /** Fee. */
  fee_vnd: Vnd;
  /** Taxes and fee. */
  total_due_vnd: Vnd;
  /** Whether goods must be inspected. */
  inspection_required: boolean;
  /** Trips of the period, this one included. */
  trips_used: number;
  /** Granted without the hub. */
  provisional: boolean;
  /** Line by line. */
  lines: Array<LineAnswer>;
  /** What was broken or needs a look. */
  violations: Array<Violation>;
};
/** What a second person says of a receipt that is to be taken back. */
export type AnswerReceipt = {
  /** Which. */
  id: string;
  /** Whether its paper came back; else it stands as before. */
  confirm: boolean;
};
/** What came of a form. */
export type AnswerStatus = "registered" | "refused";
/** An error as the hosts see it. */
export type ApiError = {
  /** What the window acts on. */
  code: ErrorCode;
  /** What happened, why, what to do. */
  message: string;
  /** Fields that need a look. */
  violations: Array<Violation>;
};
/** What a line owes. */
export type AssessedView = {
  /** VND for one unit of the currency. */
  rate: string;
  /** Customs value. */
  value_vnd: Vnd;
  /** Rate of duty. */
  duty_percent: string;
  /** Rate of excise. */
  excise_percent: string;
  /** Environment tax for one unit. */
  environment_unit_vnd: string;
  /** Rate of value added tax. */
  vat_percent: string;
  /** Duty. */
  duty_vnd: Vnd;
  /** Excise. */
  excise_vnd: Vnd;
  /** Environment tax. */
  environment_vnd: Vnd;
  /** Value added tax. */
  vat_vnd: Vnd;
  /** All taxes. */
  total_vnd: Vnd;
  /** What the resident paid on the same share; nothing is set off against it. */
  paid_by_resident_vnd: Vnd;
};
/** A record by its place. */
export type AuditAt = {
  /** Workstation whose series it stands in. */
  series: string;
  /** Its place in the series. */
  index: number;
};
/** A record whole. */
export type AuditDetail = {
  /** The record as in the list. */
  row: AuditRow;
  /** Name of who wrote it. */
  by_name: string;
  /** Whether something stood before. */
  had_before: boolean;
  /** What changed. */
  groups: Array<AuditGroup>;
  /** Rules or fields that are not shown, because there are too many. */
  more: number;
  /** Everything it was done to. */
  subjects: Array<AuditSubject>;
  /** Its hash, in hexadecimal. */
  hash: string;
  /** The hash of the record before it. */
  previous: string;
};
/** A field before and after. */
export type AuditField = {
  /** What it is called. */
  label: string;
  /** What it said before; empty where it said nothing. */
  before: string;
  /** What it says since. */
  after: string;
};
/** Fields that belong together. */
export type AuditGroup = {
  /** What they are of; empty where there is one group. */
  title: string;
  /** The fields that changed, or all of them where nothing stood before. */
  fields: Array<AuditField>;
};
/** A kind of record, for choosing. */
export type AuditKind = {
  /** As asked for. */
  kind: string;
  /** What it is called. */
  label: string;
};
/** Records found. */
export type AuditPage = {
  /** What was asked for, once it is known. */
  subject: AuditSubject | null;
  /** The records, the newest first. */
  rows: Array<AuditRow>;
  /** Where to go on; `None` when nothing is left. */
  next: string | null;
  /** Back to when the log was looked through. */
  read_to: string | null;
};
/** Which records are wanted. An empty text asks for nothing in particular. */
export type AuditQuery = {
  /** From this day or time on: `2026-11-24` or `2026-11-24 08:30`, as clocks in Vietnam show it. */
  from: string;
  /** To the end of this day, or before this time. */
  to: string;
  /** By this account. */
  by: string;
  /** Of this kind. */
  kind: string;
  /** At this gate, or at this counter of it, `MONGCAI/Q1`. */
  place: string;
  /** Done to this: number or id of a form, number of a person's paper or the person's id, an account, a rule of the law, the plate of a vehicle, the number of an entry. */
  subject: string;
  /** With these words in a reason or remark. */
  text: string;
  /** Where to go on. */
  next: string | null;
  /** At most so many; fifty without it. */
  limit: number | null;
};
/** A record in the list. */
export type AuditRow = {
  /** Workstation whose series it stands in. */
  series: string;
  /** Its place in the series. */
  index: number;
  /** When it was written. */
  at: string;
  /** Account of who wrote it. */
  by: string;
  /** Gate and counter; empty where it was written at none. */
  place: string;
  /** Of which kind it is. */
  kind: string;
  /** What that is called. */
  label: string;
  /** What it was done to; of several the first. */
  subject: AuditSubject | null;
  /** How many others it was done to. */
  more: number;
  /** What was done in particular, and why. */
  note: string;
};
/** What a record was done to, with what it is known by. */
export type AuditSubject = {
  /** Which kind of thing it is. */
  kind: AuditSubjectKind;
  /** The word it is looked up by. */
  id: string;
  /** What people know it by: a form's number, the name of an account. Of a person only an id: a name stands on the person's page. */
  name: string;
};
/** What a record was done to. */
export type AuditSubjectKind = "form" | "person" | "account" | "law" | "entry";
/** A row that is not taken. */
export type BadTableRow = {
  /** Line in the file, from 1. */
  line: number;
  /** Column; empty for the whole row. */
  column: string;
  /** What is wrong, in words. */
  reason: string;
};
/** A count of the barrier as typed. */
export type BarrierInput = {
  /** Code of the gate. */
  gate: string;
  /** The day. */
  day: string;
  /** Who counted, in words. */
  counter: string;
  /** Goods that came in. */
  import: CountedInput;
  /** Goods that went out. */
  export: CountedInput;
  /** Why it takes the place of the count that is held. */
  reason: string;
};
/** A count of the barrier as a table in CSV. */
export type BarrierTable = {
  /** Code of the gate. */
  gate: string;
  /** The day. */
  day: string;
  /** Who counted, in words. */
  counter: string;
  /** Name of the file. */
  name: string;
  /** Its text. */
  text: string;
  /** Why it takes the place of the count that is held. */
  reason: string;
  /** Take it; else tell what it says. */
  take: boolean;
};
/** What a table of counts says, and what came of it. */
export type BarrierTableView = {
  /** Totals in it. */
  totals: Directions<CountedView> | null;
  /** Passages in it. */
  passages: number;
  /** Rows that can't be taken, with line, column and reason. */
  bad: Array<BadTableRow>;
  /** Columns that are there and not used. */
  unused: Array<string>;
  /** What else stands against it. */
  problems: Array<Violation>;
  /** Whether it was taken. */
  taken: boolean;
};
/** A count of the barrier. */
export type BarrierView = {
  /** Its id. */
  id: string;
  /** Who counted. */
  counter: string;
  /** Who entered it, and when. */
  entered: MarkView;
  /** Name of its file; empty when it was typed. */
  file: string;
  /** Passages written one by one. */
  passages: number;
  /** Totals as counted; `None` where only passages were. */
  totals: Directions<CountedView> | null;
  /** Why it took the place of the one before. */
  reason: string;
  /** Whether another took its place. */
  replaced: boolean;
};
/** What is counted. */
export type Basis = "day_book" | "statistical" | "standing";
/** A form behind a difference. */
export type BehindForm = {
  /** Its id. */
  id: DeclarationId;
  /** Its number. */
  number: string;
  /** Who declared it. */
  person: string;
  /** Their name. */
  person_name: string;
};
/** A drawer behind a difference. */
export type BehindSession = {
  /** The session. */
  id: string;
  /** Its cashier. */
  cashier: string;
};
/** Something done with an entry. */
export type BreachActView = {
  /** Who did it, and when. */
  mark: MarkView;
  /** What it was decided to be; absent when it was given to someone. */
  state: BreachState | null;
  /** Display name of who it was given to; empty for a decision. */
  to: string;
  /** Why it was decided so. */
  reason: string;
};
/** A breach for someone to decide. */
export type BreachAssign = {
  /** Which. */
  id: string;
  /** Account that is to decide. */
  to: string;
};
/** Someone who may be given an entry. */
export type BreachDecider = {
  /** Account name. */
  name: string;
  /** Name to show. */
  display_name: string;
};
/** A decision on a breach. */
export type BreachDecision = {
  /** Which. */
  id: string;
  /** What it is from then on. */
  state: BreachState;
  /** Why. */
  reason: string;
};
/** A figure of an entry, as it was. */
export type BreachFact = {
  /** Its name. */
  name: string;
  /** What it is called. */
  label: string;
  /** What it was. */
  text: string;
};
/** A pattern that is harmless. */
export type BreachHarmless = {
  /** Which entry. */
  id: string;
  /** Last day it is remembered; for good when empty. */
  until?: string;
  /** Why. */
  reason: string;
};
/** What kind of breach it is. */
export type BreachKind = "over_quota" | "fifth_trip" | "second_trip" | "two_papers" | "over_use" | "off_list" | "ineligible" | "expired_rate" | "deadline_missed" | "goods_differ" | "shared_phone" | "shared_address" | "shared_vehicle" | "shared_trader" | "same_goods" | "just_under" | "two_gates";
/** Entries, with the counts of all that the gate, days and assignment leave. */
export type BreachList = {
  /** The entries that fit, the newest first; the newest of many. */
  rows: Array<BreachRow>;
  /** How many fit. */
  total: number;
  /** By kind and state, whatever kind and state are asked for. */
  counts: Array<BreachTally>;
};
/** Which breaches a list shows. */
export type BreachQuery = {
  /** Code of the gate; all gates when empty. */
  gate?: string;
  /** Where they stand; anywhere when absent. */
  state?: BreachState | null;
  /** Of which kind; of any when absent. */
  kind?: BreachKind | null;
  /** Decided ones from this day; from thirty days ago when absent. Open ones are listed whatever their day. */
  from?: string | null;
  /** To this day; today when absent. */
  to?: string | null;
  /** Given to this account. */
  assigned?: string | null;
};
/** An entry in a list. It names one person and no number of a paper. */
export type BreachRow = {
  /** Its id. */
  id: string;
  /** Of which kind. */
  kind: BreachKind;
  /** How much came of it. */
  gravity: Gravity;
  /** Where it stands. */
  state: BreachState;
  /** Code of the gate. */
  gate: string;
  /** The day it belongs to. */
  day: BusinessDay;
  /** When it was found or tried last. */
  last: string;
  /** How often it was tried. */
  attempts: number;
  /** Whose it is; empty when it is nobody's. */
  who: string;
  /** How many persons are behind it. */
  people: number;
  /** How many forms are. */
  forms: number;
  /** Why it was opened, in a sentence. */
  why: string;
  /** Account that is to decide. */
  assigned: string | null;
  /** Its display name; empty while nobody is to. */
  assigned_name: string;
  /** A form or decision of who asks is behind it: another decides. */
  is_own: boolean;
};
/** What a look over a gate's day did. */
export type BreachScan = {
  /** Forms of the day that stand. */
  forms: number;
  /** Entries opened. */
  opened: number;
  /** Entries that have more behind them by now. */
  grown: number;
  /** Findings that were known or judged harmless. */
  known: number;
};
/** Where an entry stands. */
export type BreachState = "open" | "upheld" | "waived" | "referred";
/** How many entries there are of a kind and state. */
export type BreachTally = {
  /** Of which kind. */
  kind: BreachKind;
  /** Where they stand. */
  state: BreachState;
  /** How many. */
  count: number;
};
/** An entry whole; its opening is recorded. */
export type BreachView = {
  /** As in the list. */
  row: BreachRow;
  /** The article. */
  basis: string;
  /** Who caused or found it, and when. */
  opened: MarkView;
  /** The figures as they were. */
  facts: Array<BreachFact>;
  /** The forms behind it that are held here, the first of many. */
  forms: Array<DeclarationRow>;
  /** The persons behind it, the first of many; numbers are masked. */
  people: Array<PersonHit>;
  /** What was done with it, the earlier first. */
  acts: Array<BreachActView>;
  /** Whether it is a pattern, which may be found harmless. */
  is_pattern: boolean;
  /** Who may be given it. */
  deciders: Array<BreachDecider>;
};
/** A calendar day in Vietnam (Asia/Ho_Chi_Minh): the day the quota, the law and the reports count by. */
export type BusinessDay = string;
/** A thing by its id. */
export type ById = {
  /** The id. */
  id: string;
};
/** A form to take back. */
export type Cancel = {
  /** Which. */
  id: string;
  /** Why. */
  reason: string;
};
/** A receipt to take back. */
export type CancelReceipt = {
  /** Which. */
  id: string;
  /** Number as read off the paper in hand. */
  serial: string;
  /** Why. */
  reason: string;
};
/** A check of the money of a day. */
export type CashCheck = "receipt" | "series" | "open" | "count" | "late";
/** The money of a gate's day: what was due by the day's forms, what its receipts brought in, what was counted and handed over. */
export type CashDay = {
  /** Code of the gate. */
  gate: string;
  /** The day. */
  day: BusinessDay;
  /** Due by forms registered that day that stand: what was paid and is unpaid, less what was given back or is to be. */
  computed_vnd: Vnd;
  /** Paid on them in cash. */
  paid_cash_vnd: Vnd;
  /** Paid on them at a bank or the Treasury. */
  paid_bank_vnd: Vnd;
  /** Given back on them after corrections. */
  refunded_vnd: Vnd;
  /** To be given back on them. */
  to_refund_vnd: Vnd;
  /** Not yet paid on them. */
  unpaid_vnd: Vnd;
  /** Numbered receipts issued that day, by series. */
  series: Array<SeriesView>;
  /** Receipts issued that day, pre-printed ones among them. */
  receipts: number;
  /** Pre-printed ones. */
  preprinted: number;
  /** Those taken back since. */
  cancelled: number;
  /** What those that stand brought in. */
  standing_vnd: Vnd;
  /** Recorded in sessions opened that day: floats and receipts, less what was paid back. */
  recorded_vnd: Vnd;
  /** Counted in those of them that are closed. */
  counted_vnd: Vnd;
  /** Taken in by those sessions, to be handed over. */
  taken_vnd: Vnd;
  /** Handed over of it. */
  handed_over_vnd: Vnd;
  /** What does not agree. */
  differences: Array<CashDifference>;
};
/** The cash of a gate as its officers see it now. */
export type CashDesk = {
  /** The open session of who asks. */
  own: CashSessionView | null;
  /** Sessions with something still to be done, and those of today; the newest first. */
  sessions: Array<CashSessionView>;
  /** Receipts of today and those that wait for a second person; the newest first. */
  receipts: Array<ReceiptRow>;
  /** Notes in circulation, the largest first. */
  notes_vnd: Array<Vnd>;
  /** Sessions whose money is late. */
  overdue: number;
};
/** One thing that does not agree, with what stands behind it. */
export type CashDifference = {
  /** Which check. */
  check: CashCheck;
  /** Number of the form, receipt or series, or the cashier's account. */
  about: string;
  /** What it is about in money. */
  amount_vnd: Vnd;
};
/** A cashier's session. */
export type CashSessionView = {
  /** Its id. */
  id: string;
  /** Code of the gate. */
  gate: string;
  /** Who opened it, and when. */
  opened: MarkView;
  /** The day its money was collected on. */
  day: BusinessDay;
  /** What it waits for. */
  stage: SessionStage;
  /** Money for change at the beginning. */
  float_vnd: Vnd;
  /** Receipts issued into it. */
  receipts: number;
  /** Taken in by receipts, less what was paid back. */
  taken_vnd: Vnd;
  /** What must lie in the drawer. */
  expected_vnd: Vnd;
  /** What was counted. */
  counted_vnd: Vnd | null;
  /** Counted less expected. */
  difference_vnd: Vnd | null;
  /** What was counted, by note. */
  notes: Array<NotesView>;
  /** Small notes and coins counted. */
  small_vnd: Vnd;
  /** Why the count differs. */
  reason: string;
  /** Who counted, and when. */
  closed: MarkView | null;
  /** The second person who has seen the difference. */
  acknowledged: MarkView | null;
  /** How the money was handed over. */
  handed_over: HandOverView | null;
  /** Until when it must be; `None` when it was or no limit is known. */
  deadline: string | null;
  /** Whether that time is over. */
  overdue: boolean;
};
/** A certificate, or why none is needed. */
export type CertificateView = {
  /** Line, from 0. */
  line: number;
  /** Its number or the reason; `None` while it is missing. */
  text: string | null;
};
/** What two figures are held against each other for. */
export type CheckName = "registered" | "tax" | "cash" | "hand_over" | "forms" | "persons";
/** Two figures that meet, or do not. */
export type CheckView = {
  /** What they are. */
  name: CheckName;
  /** Which way the goods go, where one is meant. */
  direction: Direction | null;
  /** What both count. */
  unit: Unit;
  /** The one: what is recorded. */
  left: number;
  /** Which side says the other. */
  side: Side;
  /** The other; `None` while nobody has said it. */
  right: number | null;
  /** Whether they meet. */
  meets: boolean;
};
/** A session to close. */
export type CloseCash = {
  /** The session. */
  id: string;
  /** Notes counted. */
  notes: Array<NotesInput>;
  /** Small notes and coins together. */
  small_vnd: string | null;
  /** Why the count differs from the records. */
  reason: string;
};
/** A close that waits for the second person. */
export type ClosePending = {
  /** Its id. */
  id: string;
  /** Who proposed it, and when. */
  proposed: MarkView;
  /** Whether who asks proposed it, and so can't confirm it. */
  own: boolean;
};
/** What came of closing a day. */
export type CloseResult = {
  /** Whether it is closed; else it waits for the second person. */
  closed: boolean;
  /** Digest over the day's records, once it is. */
  digest: string;
};
/** How a gate's day was closed. */
export type ClosedView = {
  /** When. */
  at: string;
  /** Display name of who closed it. */
  by: string;
};
/** What a column holds. */
export type ColumnKind = "text" | "day" | "number";
/** A border commune. */
export type CommuneView = {
  /** Its code. */
  code: string;
  /** Its name. */
  name: string;
};
/** New or used: used consumer goods may not be imported. */
export type Condition = "new" | "used";
/** How a registered form is to be corrected. */
export type CorrectionInput = {
  /** The form. */
  id: string;
  /** How. */
  kind: CorrectionKind;
  /** Why; a preview needs none. */
  reason: string;
  /** The goods as they should stand, of an amendment. */
  lines?: Array<LineInput> | null;
  /** In which order they use up the exemption. */
  allocation?: Allocation | null;
};
/** How a registered form is corrected. */
export type CorrectionKind = "amend" | "refuse" | "return" | "cancel";
/** Corrections of a gate with something still to be done. */
export type CorrectionList = {
  /** Those that wait for the second person, the oldest first. */
  pending: Array<ProposalView>;
  /** Forms with a difference that corrections left. */
  unsettled: Array<UnsettledRow>;
};
/** What a correction would change. */
export type CorrectionPreview = {
  /** Its number. */
  number: string;
  /** The form as it stands. */
  before: Answer;
  /** The form as it would be decided; `None` when it would no longer stand. */
  after: Answer | null;
  /** Whether a second person has to approve it. */
  second_person: boolean;
  /** What has been paid so far. */
  received_vnd: Vnd;
  /** What would be to pay then; negative when it would be given back. */
  balance_vnd: Vnd;
  /** What refuses it or needs a look. */
  violations: Array<Violation>;
};
/** What came of a correction. */
export type CorrectionResult = {
  /** The proposal that waits for a second person; `None` when the correction took effect. */
  proposal: string | null;
  /** What needs a look. */
  warnings: Array<Violation>;
};
/** What corrections moved, in one direction: every figure may be negative. */
export type CorrectionTotals = {
  /** Forms amended. */
  amended: number;
  /** Forms returned. */
  returned: number;
  /** Forms cancelled. */
  cancelled: number;
  /** Forms refused. */
  refused: number;
  /** Forms that stand. */
  forms: number;
  /** Customs value. */
  value_vnd: Vnd;
  /** Within the quota. */
  exempt_vnd: Vnd;
  /** Above it. */
  excess_vnd: Vnd;
  /** Import or export duty. */
  duty_vnd: Vnd;
  /** Excise. */
  excise_vnd: Vnd;
  /** Environment tax. */
  environment_vnd: Vnd;
  /** Value added tax. */
  vat_vnd: Vnd;
  /** Fees. */
  fee_vnd: Vnd;
  /** Gross weight. */
  weight_kg: string;
};
/** What the second person says of a proposed correction. */
export type CorrectionVerdict = {
  /** The proposal. */
  id: string;
  /** Whether it is approved. */
  approve: boolean;
  /** Why; may be empty when it is approved. */
  reason: string;
};
/** What was counted in one direction; empty texts where nothing was. */
export type CountedInput = {
  /** Persons. */
  persons: string;
  /** Forms. */
  forms: string;
  /** Vehicles, where they were counted. */
  vehicles: string;
  /** Gross weight in kilograms, where it was taken. */
  weight_kg: string;
};
/** What was counted at the barrier in one direction. */
export type CountedView = {
  /** Persons. */
  persons: number;
  /** Forms. */
  forms: number;
  /** Vehicles, where they were counted. */
  vehicles: number | null;
  /** Gross weight, where it was taken. */
  weight_kg: string | null;
};
/** The other side of the trade as it arrives. */
export type CounterpartInput = {
  /** Full name. */
  name: string;
  /** Kind of paper. */
  kind?: string | null;
  /** Its number. */
  number?: string | null;
};
/** The other side of the trade. */
export type CounterpartView = {
  /** Full name. */
  name: string;
  /** The paper shown, if one was. */
  paper: PaperHit | null;
};
/** A vehicle that goes out or comes back. */
export type Cross = {
  /** Its plate. */
  plate: string;
  /** Which way. */
  way: Way;
  /** A supervisor's reason for taking it at another gate than its own. */
  reason?: string;
};
/** A vehicle on its way out and back. */
export type CrossingView = {
  /** Its id. */
  id: string;
  /** Plate. */
  plate: string;
  /** Kind; `None` when its entry is not held. */
  kind: VehicleKind | null;
  /** Name of the owner. */
  owner_name: string;
  /** Code of the gate it left by, through which it comes back. */
  gate: string;
  /** Its name. */
  gate_name: string;
  /** Left. */
  left: MarkView;
  /** A supervisor's reason for letting it out at a gate that is not its own. */
  reason: string;
  /** Until when it has to be back, extensions included; `None` where no limit runs. */
  due: string | null;
  /** Whether it was, or is, away longer than that. */
  late: boolean;
  /** Extensions. */
  extended: Array<ExtensionView>;
  /** Back. */
  back: MarkView | null;
  /** Code of the gate it came back by. */
  back_gate: string;
  /** A supervisor's reason for taking it there. */
  back_reason: string;
};
/** The daily report of a gate. */
export type DailyReport = {
  /** Code of the gate. */
  gate: string;
  /** Its name. */
  gate_name: string;
  /** The day. */
  date: BusinessDay;
  /** When it was made. */
  made_at: string;
  /** By whom. */
  made_by: string;
  /** How the day was closed; `None` while it is open. A closed day keeps its figures. */
  closed: ClosedView | null;
  /** The figures. */
  directions: Directions<DirectionTotals>;
  /** What corrections made on this day moved the figures of earlier days closed by then. */
  corrections: Directions<CorrectionTotals>;
};
/** How a day was closed. */
export type DayClosing = {
  /** Who closed it, or confirmed the close, and when. */
  closed: MarkView;
  /** Who proposed it, where two were asked for. */
  proposed: MarkView | null;
  /** Digest over the day's records; empty for days closed before there was one. */
  digest: string;
  /** Corrections made since. */
  corrections: Array<LaterCorrection>;
};
/** Where a gate's day stands. */
export type DayState = "differs" | "draft" | "settled" | "closed";
/** What a person used on a day. */
export type DayUse = {
  /** The day. */
  day: BusinessDay;
  /** Exempt value. */
  exempt_vnd: Vnd;
  /** Exempt trips. */
  trips: number;
};
/** The decision on a form as it is typed, with what each order of lines would cost. */
export type DecisionView = {
  /** As the form stands. */
  decision: Answer;
  /** Due when the lines bear the excess so that it costs least. */
  least_tax_due_vnd: Vnd;
  /** Due when they bear it in the order entered. */
  entered_due_vnd: Vnd;
  /** The breaches that trying to register it, as it is refused, would open. */
  breaches: Array<BreachKind>;
};
/** A declaration, from the moment it is drafted; the same on every workstation. */
export type DeclarationId = string;
/** Forms of a gate's day, with the sums of those that fit and stand. */
export type DeclarationList = {
  /** The forms, the newest first; the newest of many. */
  rows: Array<DeclarationRow>;
  /** How many more fit and are not among the rows; absent when all are. */
  more?: number;
  /** How many stand. */
  forms: number;
  /** Their customs value. */
  value_vnd: Vnd;
  /** Within the quota. */
  exempt_vnd: Vnd;
  /** Above it. */
  excess_vnd: Vnd;
  /** Taxes and fees. */
  total_due_vnd: Vnd;
};
/** Forms of a gate's day. */
export type DeclarationListRequest = {
  /** Code of the gate. */
  gate: string;
  /** The day. */
  day: string;
  /** Part of a number, a name or goods. */
  text: string;
  /** Where they stand; all but the refused ones when absent. */
  status: string | null;
  /** Which way; both when absent. */
  direction: Direction | null;
};
/** A form in a list. */
export type DeclarationRow = {
  /** Its id. */
  id: DeclarationId;
  /** Its number; empty when it was refused. */
  number: string;
  /** When it was registered. */
  at: string;
  /** Code of the gate. */
  gate: string;
  /** Which way the goods go. */
  direction: Direction;
  /** Where it stands. */
  status: Status;
  /** How often it has been amended. */
  revision: number;
  /** What it waits for; `None` when it was refused or cancelled. */
  stage: Stage | null;
  /** Who declared it. */
  person: PersonId;
  /** That person's name. */
  person_name: string;
  /** Customs value. */
  value_vnd: Vnd;
  /** Within the quota. */
  exempt_vnd: Vnd;
  /** Above it. */
  excess_vnd: Vnd;
  /** Taxes and fee. */
  total_due_vnd: Vnd;
  /** How many lines. */
  lines: number;
  /** Their names. */
  goods: string;
};
/** A form whole: papers in full, as its opening is recorded. */
export type DeclarationView = {
  /** Its id. */
  id: DeclarationId;
  /** Its number; empty when it was refused. */
  number: string;
  /** When it was registered. */
  at: string;
  /** Code of the gate. */
  gate: string;
  /** Its name. */
  gate_name: string;
  /** What the customs region was called on the day; empty where it is not entered. */
  region_title: string;
  /** What the office was called on the day; empty where it is not entered. */
  office_title: string;
  /** Code of the counter. */
  workstation: string;
  /** Which way the goods go. */
  direction: Direction;
  /** Where it stands. */
  status: Status;
  /** Account that registered it. */
  officer: string;
  /** Display name of the account, for the signature. */
  officer_name: string;
  /** Why it no longer stands, if it stood once. */
  cancel_reason: string | null;
  /** How often it has been amended. */
  revision: number;
  /** Whether a correction of it waits for the second person. */
  correction_pending: boolean;
  /** The other leg, when goods are exchanged for goods. */
  exchange: ExchangeLeg | null;
  /** Who the goods go to or come from, where it was said. */
  counterpart: CounterpartView | null;
  /** Who declared it; without a name when a refused form did not say. */
  person: PersonHit;
  /** In which order lines used up the exemption. */
  allocation: Allocation;
  /** The goods. */
  lines: Array<LineView>;
  /** What was decided. */
  answer: Answer;
  /** How far it has come. */
  progress: ProgressView;
};
/** An account whose password is public. */
export type DemoAccount = {
  /** Account name. */
  user: string;
  /** Its password. */
  password: string;
  /** What it may do. */
  role: Role;
};
/** What does not meet. */
export type DifferenceKind = "totals_differ" | "unreleased_form" | "doubled_form" | "cancelled_counted" | "wrong_gate" | "late_form" | "count_missing" | "uncounted_person" | "uncounted_form" | "passage_without_form" | "count_differs" | "missing_receipt" | "unmatched_receipt" | "cash_short" | "cash_over" | "cash_uncounted" | "hand_over_late" | "tax_unpaid" | "tax_overpaid";
/** How a difference was settled. */
export type DifferenceSettlement = {
  /** Its id. */
  id: string;
  /** How. */
  way: SettleWay;
  /** What that is called. */
  label: string;
  /** Why. */
  reason: string;
  /** Who settled it, and when. */
  settled: MarkView;
  /** The second person, once one answered. */
  answered: MarkView | null;
  /** Whether who asks settled it, and so can't confirm it. */
  own: boolean;
};
/** Where a difference stands. */
export type DifferenceState = "open" | "pending" | "settled";
/** Something that does not meet. */
export type DifferenceView = {
  /** What names it within the day. */
  key: string;
  /** What it is. */
  kind: DifferenceKind;
  /** What that is called. */
  title: string;
  /** Legal basis, in words. */
  basis: string;
  /** Where it stands. */
  state: DifferenceState;
  /** Which way the goods go, where one is meant. */
  direction: Direction | null;
  /** The figures that do not meet. */
  figures: Array<FigureView>;
  /** The forms behind it. */
  forms: Array<BehindForm>;
  /** Forms that may explain it, the likeliest first. */
  candidates: Array<BehindForm>;
  /** Numbers of receipts behind it. */
  receipts: Array<string>;
  /** The drawer behind it. */
  session: BehindSession | null;
  /** The passage behind it. */
  passage: PassageView | null;
  /** When what it is about happened. */
  at: string | null;
  /** The lawful ways to settle it; none once it is settled. */
  ways: Array<WayView>;
  /** Whether a second person has to confirm what who asks settles. */
  needs_second: boolean;
  /** How it was settled, or is to be. */
  settlement: DifferenceSettlement | null;
  /** Who has seen it, where its own process has a second person. */
  seen: MarkView | null;
};
/** What figures are told apart by. */
export type Dimension = "gate" | "parent" | "direction" | "group" | "hs" | "country" | "unit" | "commune" | "resident" | "day";
/** Which way the goods go. */
export type Direction = "import" | "export";
/** Totals of one direction of a day. */
export type DirectionTotals = {
  /** Forms that stand. */
  forms: number;
  /** Persons with a form that stands. */
  residents: number;
  /** Customs value. */
  value_vnd: Vnd;
  /** Within the quota. */
  exempt_vnd: Vnd;
  /** Above it. */
  excess_vnd: Vnd;
  /** Import or export duty. */
  duty_vnd: Vnd;
  /** Excise. */
  excise_vnd: Vnd;
  /** Environment tax. */
  environment_vnd: Vnd;
  /** Value added tax. */
  vat_vnd: Vnd;
  /** Fees. */
  fee_vnd: Vnd;
  /** Gross weight. */
  weight_kg: string;
  /** Forms received: released, refused, cancelled and pending together. */
  registered: number;
  /** Forms released. */
  released: number;
  /** Forms refused. */
  refused: number;
  /** Forms cancelled. */
  cancelled: number;
  /** Forms registered and not yet released. */
  pending: number;
};
/** Both directions of a gate's day. */
export type Directions<T> = {
  /** Purchases. */
  import: T;
  /** Sales. */
  export: T;
};
/** A kind of file that one person's data is handed out in. */
export type DossierFormat = "json" | "csv" | "xlsx";
/** A form as it arrives: from the counter with a person's id, from a file with the paper. */
export type DraftInput = {
  /** UUID. */
  id: string;
  /** When; now when empty. */
  at?: string | null;
  /** Gate; the session's when empty. */
  gate?: string | null;
  /** Counter; the session's when empty. */
  workstation?: string | null;
  /** `import` or `export`. */
  direction: Direction;
  /** The other leg of an exchange. */
  exchange_of: string | null;
  /** Who the goods go to or come from. */
  counterpart?: CounterpartInput | null;
  /** Plate of the vehicle that carries the goods. */
  vehicle?: string | null;
  /** A known person. */
  person: string | null;
  /** A person by paper. */
  resident?: ResidentInput | null;
  /** The goods. */
  lines: Array<LineInput>;
  /** `entered` or `least_tax`. */
  allocation: Allocation;
};
/** A part of the work on a form, which an office may give to some of its officers only. Circular 80/2019/TT-BTC knows four marks of officers on a form (art. 6(2), 7(3), 7(4)); who receives money (art. 6(5)) is often another one. */
export type Duty = "registration" | "inspection" | "tax" | "cashier" | "supervision";
/** What kind of failure it is. */
export type ErrorCode = "not_signed_in" | "session_locked" | "not_permitted" | "wrong_credentials" | "account_locked" | "password_due" | "not_found" | "refused" | "bad_request" | "stale" | "busy" | "unreached" | "broken";
/** Goods for goods: both legs, registered together. */
export type Exchange = {
  /** The goods that go out. */
  out: DraftInput;
  /** The goods that come in. */
  back: DraftInput;
};
/** What came of an exchange: both legs are registered, or neither is. */
export type ExchangeAnswer = {
  /** The goods that go out. */
  out: Answer;
  /** The goods that come in. */
  back: Answer;
  /** By how much the goods that come in are worth more than those that go out. */
  difference_vnd: Vnd;
};
/** The other leg of an exchange. */
export type ExchangeLeg = {
  /** Its id. */
  id: DeclarationId;
  /** Its number. */
  number: string;
  /** Which way its goods go. */
  direction: Direction;
  /** Where it stands. */
  status: Status;
  /** Its customs value. */
  value_vnd: Vnd;
  /** By how much the goods that come in are worth more than those that go out. */
  difference_vnd: Vnd;
};
/** A gate's day as a file. */
export type Export = {
  /** Code of the gate. */
  gate: string;
  /** The day. */
  day: string;
  /** Kind of file. */
  format: ReportFormat;
};
/** A file that was written. */
export type ExportedFile = {
  /** Where it is. */
  path: string;
};
/** More time for a vehicle that is away. */
export type Extend = {
  /** The absence. */
  id: string;
  /** Hours. */
  hours: number;
  /** Why. */
  reason: string;
};
/** More time for an absence. */
export type ExtensionView = {
  /** Who gave it, and when. */
  mark: MarkView;
  /** Hours. */
  hours: number;
  /** Why. */
  reason: string;
};
/** A figure of a side. */
export type FigureView = {
  /** Which side says it. */
  side: Side;
  /** What it counts. */
  unit: Unit;
  /** How much. */
  amount: number;
};
/** Which figures a report leaves out: an empty list takes all. */
export type Filter = {
  /** Only this way. */
  direction?: Direction;
  /** Only these groups of commodities, by code. */
  groups: Array<string>;
  /** Only codes that begin so. */
  hs: Array<string>;
  /** Only these countries. */
  countries: Array<string>;
  /** Only these communes, by code. */
  communes: Array<string>;
};
/** What an inspection found. */
export type Finding = "conforms" | "differs";
/** The first administrator of a new database. */
export type FirstAccount = {
  /** Account name. */
  name: string;
  /** Name to show. */
  display_name: string;
  /** Its password. */
  password: string;
};
/** A form to put on paper. */
export type FormPrint = {
  /** Which. */
  id: string;
  /** Size of the paper; the template's own when absent. */
  paper?: PaperSize | null;
  /** As a copy, although no original was printed yet. */
  copy?: boolean;
  /** To be looked at only: nothing is recorded. */
  preview?: boolean;
  /** Values only, for stationery printed before, moved so far. */
  overlay?: Shift | null;
  /** Whether pictures of the pages are wanted. */
  pictures?: boolean;
};
/** A form to send to a printer. */
export type FormSend = {
  /** Which. */
  id: string;
  /** Name of the printer. */
  printer: string;
  /** Size of the paper; the template's own when absent. */
  paper?: PaperSize | null;
  /** As a copy, although no original was printed yet. */
  copy?: boolean;
  /** Values only, for stationery printed before, moved so far. */
  overlay?: Shift | null;
};
/** Forms of one direction, and what the barrier should have counted of them. */
export type FormsView = {
  /** Received: released, refused, cancelled and pending together. */
  registered: number;
  /** Released. */
  released: number;
  /** Refused. */
  refused: number;
  /** Cancelled or returned. */
  cancelled: number;
  /** Registered and not yet released. */
  pending: number;
  /** Forms whose goods left on the day. */
  left: number;
  /** Persons with such a form. */
  persons: number;
  /** Gross weight of their goods. */
  weight_kg: string;
  /** What was counted; `None` without a count. */
  counted: CountedView | null;
};
/** What the QR code of a sheet led to. */
export type FoundFormView = {
  /** Number on the sheet. */
  number: string;
  /** Code of the gate in the number. */
  gate: string;
  /** Its name; empty where the gate is not held. */
  gate_name: string;
  /** The form; absent where it is not held here. */
  id: DeclarationId | null;
  /** What is wrong with the sheet, or to be known of it. */
  problems: Array<Violation>;
};
/** A gate's day. */
export type GateDay = {
  /** Code of the gate. */
  gate: string;
  /** The day. */
  day: string;
};
/** A gate. */
export type GateRequest = {
  /** Its code. */
  gate: string;
};
/** A gate. */
export type GateView = {
  /** Its code. */
  code: string;
  /** Its name. */
  name: string;
  /** Its kind. */
  kind: string;
  /** Code of the gate it belongs to; empty when it stands alone. */
  parent: string;
};
/** The vehicle book of a gate's year. */
export type GateYear = {
  /** Code of the gate. */
  gate: string;
  /** The year. */
  year: number;
};
/** A form whose goods a trader may have gathered. */
export type GatherableForm = {
  /** Its id. */
  id: DeclarationId;
  /** Its number. */
  number: string;
  /** Code of the gate. */
  gate: string;
  /** The day it was registered. */
  day: BusinessDay;
  /** Who declared it. */
  person_name: string;
  /** Its lines. */
  lines: Array<GatherableLine>;
  /** Why nothing of it can be taken, or what has to be looked at. */
  problems: Array<Violation>;
};
/** A line of a form with what is left of it. */
export type GatherableLine = {
  /** Line, from 0. */
  line: number;
  /** Commodity code. */
  hs: HsCode;
  /** Description. */
  name: string;
  /** Unit of the quantities. */
  unit: string;
  /** Imported. */
  quantity: string;
  /** Not gathered yet. */
  left: string;
};
/** A line of a list. */
export type GatheredLineView = {
  /** The form. */
  form: DeclarationId;
  /** Its number. */
  number: string;
  /** The day it was registered. */
  form_day: BusinessDay;
  /** Who declared it. */
  person_name: string;
  /** A paper of that person, masked unless its number was asked for with a reason. */
  person_paper: string;
  /** Line of the form, from 0. */
  line: number;
  /** Commodity code. */
  hs: HsCode;
  /** Description. */
  name: string;
  /** Country of origin. */
  origin: string;
  /** How much. */
  quantity: string;
  /** In which unit. */
  unit: string;
  /** What other lists have left of the form's line. */
  available: string;
  /** Price of one unit. */
  unit_price: string;
  /** Currency of the price. */
  currency: string;
  /** Day of gathering. */
  day: BusinessDay;
  /** What it owes; `None` while that can't be computed. */
  assessed: AssessedView | null;
};
/** A list of gathered goods as a file. */
export type GatheringExport = {
  /** The list. */
  id: string;
  /** Kind of file. */
  format: ReportFormat;
  /** Why numbers of papers are to stand in it in full; masked when absent. */
  reveal?: string | null;
};
/** A list as entered. */
export type GatheringInput = {
  /** UUID; a known one changes the draft it names. */
  id: string;
  /** Gate; the session's when empty. */
  gate?: string | null;
  /** Counter; the session's when empty. */
  workstation?: string | null;
  /** Who gathers. */
  trader: TraderInput;
  /** Border market or assembly place. */
  place: string;
  /** Day of gathering. */
  day: string;
  /** What. */
  lines: Array<TakenInput>;
};
/** Lists of gathered goods. */
export type GatheringListRequest = {
  /** Code of the gate; all gates when empty. */
  gate: string;
  /** Only those with something still to be done, or also the others. */
  all: boolean;
  /** Part of a number, a trader's name or tax code, or a place. */
  text: string;
};
/** A list in a list. */
export type GatheringRow = {
  /** Its id. */
  id: string;
  /** Its number. */
  number: string;
  /** Code of the gate. */
  gate: string;
  /** Who gathers. */
  trader: TraderView;
  /** Where. */
  place: string;
  /** How far it has come. */
  stage: GatheringStage;
  /** The oldest day of gathering. */
  day: BusinessDay;
  /** The last day for filing; `None` where no limit is held. */
  last_day: string | null;
  /** Days until then for a list that is not filed; below zero when it is late. */
  days_left: number | null;
  /** How many lines. */
  lines: number;
  /** How many forms. */
  forms: number;
  /** All taxes, once filed. */
  total_vnd: Vnd | null;
};
/** How far a list has come. */
export type GatheringStage = "draft" | "filed" | "taxed" | "paid" | "released" | "cancelled";
/** One step of an officer on a list. */
export type GatheringStep = {
  "step": "file";
  /** Number of the trader's commercial import declaration, where it has one. */
  declaration?: string;
  /** A supervisor's reason for taking it after its time limit. */
  reason?: string;
} | {
  "step": "confirm_tax"
} | {
  "step": "pay";
  /** How. */
  method: PaymentMethod;
  /** Number of the receipt or payment slip. */
  document: string;
} | {
  "step": "release"
};
/** Sums of a list. */
export type GatheringSums = {
  /** Customs value. */
  value_vnd: Vnd;
  /** Duty. */
  duty_vnd: Vnd;
  /** Excise. */
  excise_vnd: Vnd;
  /** Environment tax. */
  environment_vnd: Vnd;
  /** Value added tax. */
  vat_vnd: Vnd;
  /** All taxes. */
  total_vnd: Vnd;
  /** What the residents paid on the same goods. */
  paid_by_resident_vnd: Vnd;
};
/** A list whole. */
export type GatheringView = {
  /** Name of the gate. */
  gate_name: string;
  /** The goods, each with what it owes. */
  goods: Array<GatheredLineView>;
  /** Sums. */
  sums: GatheringSums;
  /** The day whose law and rates the tax is computed by: that of filing, today before. */
  assessed_on: BusinessDay;
  /** What has to be looked at while it is a draft. */
  violations: Array<Violation>;
  /** Filed. */
  filed: MarkView | null;
  /** Number of the trader's commercial import declaration. */
  declaration: string;
  /** Why it was taken late. */
  late_reason: string;
  /** Tax confirmed. */
  taxed: MarkView | null;
  /** Paid. */
  paid: PaymentView | null;
  /** Released. */
  released: MarkView | null;
  /** Cancelled. */
  cancelled: MarkView | null;
  /** Why. */
  cancel_reason: string;
  /** Its id. */
  id: string;
  /** Its number. */
  number: string;
  /** Code of the gate. */
  gate: string;
  /** Who gathers. */
  trader: TraderView;
  /** Where. */
  place: string;
  /** How far it has come. */
  stage: GatheringStage;
  /** The oldest day of gathering. */
  day: BusinessDay;
  /** The last day for filing; `None` where no limit is held. */
  last_day: string | null;
  /** Days until then for a list that is not filed; below zero when it is late. */
  days_left: number | null;
  /** How many lines. */
  lines: number;
  /** How many forms. */
  forms: number;
  /** All taxes, once filed. */
  total_vnd: Vnd | null;
};
/** Goods offered for what was typed. */
export type GoodsHit = {
  /** Commodity code. */
  hs: HsCode;
  /** Trade name in the language asked for, else in Vietnamese. */
  name: string;
  /** Units the tariff names, the usual one first. */
  units: Array<string>;
  /** Whether residents may bring them in today. */
  on_list: boolean;
  /** Most-favoured-nation duty in percent. */
  mfn: string | null;
  /** Reference price for one usual unit. */
  reference_price_vnd: Vnd | null;
  /** Which specialised check applies. */
  quarantine: string | null;
  /** Whether the person has traded them of late. */
  usual: boolean;
};
/** Goods by what was typed, for a person and a direction. */
export type GoodsQuery = {
  /** Part of a name, or the first digits of a code. */
  text: string;
  /** Which way the goods go; either when absent. */
  direction?: Direction | null;
  /** Whose usual goods come first. */
  person: string | null;
};
/** How much came of it. */
export type Gravity = "notice" | "attempt" | "breach";
/** The slip over a session's money. */
export type HandOverCash = {
  /** The session. */
  id: string;
  /** Day on the slip. */
  day: string;
  /** Its number. */
  slip: string;
  /** Its amount. */
  amount_vnd: string;
};
/** The slip of a hand-over. */
export type HandOverView = {
  /** Who entered it, and when. */
  mark: MarkView;
  /** Day on the slip. */
  day: BusinessDay;
  /** Its number. */
  slip: string;
  /** Its amount. */
  amount_vnd: Vnd;
};
/** Which verdicts a list shows. */
export type HarmlessQuery = {
  /** Also those that were taken back. */
  all?: boolean;
};
/** A verdict that a pattern is harmless. */
export type HarmlessView = {
  /** Its id. */
  id: string;
  /** Which pattern. */
  kind: BreachKind;
  /** What it is about; telephones and addresses of persons are masked. */
  subject: string;
  /** Code of the gate where it was judged. */
  gate: string;
  /** How many persons it was judged with. */
  people: number;
  /** Last day it is remembered; for good when absent. */
  until: BusinessDay | null;
  /** Why it is harmless. */
  reason: string;
  /** Who judged, and when. */
  judged: MarkView;
  /** Who took it back, and when. */
  withdrawn: MarkView | null;
  /** Why it was taken back. */
  withdraw_reason: string;
};
/** An eight-digit commodity code, written without points. */
export type HsCode = string;
/** What keeps a workstation from its hub. */
export type HubTrouble = {
  /** Its code. */
  code: string;
  /** What happened and what to do. */
  message: string;
};
/** How this workstation stands with the hub. */
export type HubView = {
  /** Whether it has joined one; the rest says nothing where it has not. */
  joined: boolean;
  /** Whether the last word with it came through: what is granted now is final. */
  reached: boolean;
  /** When everything was exchanged for the last time. */
  met: string | null;
  /** Own records that the hub has not taken. */
  unsent: number;
  /** How far the hub's order was read: what is shown may be out of date once it has moved. */
  position: number;
  /** The hub's clock less ours, in milliseconds. */
  clock_offset_ms: number;
  /** What keeps it from the hub. */
  trouble: HubTrouble | null;
};
/** The time for inspecting was extended. */
export type InspectionExtensionView = {
  /** Who extended it, and when. */
  mark: MarkView;
  /** Why. */
  reason: string;
};
/** The result of an inspection. */
export type InspectionView = {
  /** Who inspected, and when. */
  mark: MarkView;
  /** What was found. */
  finding: Finding;
  /** In words. */
  remark: string;
};
/** A report a branch keeps. */
export type KeptReport = {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** What it asks for. */
  plan: ReportPlan;
  /** Display name of who kept it last. */
  kept_by: string;
  /** When. */
  kept_at: string;
};
/** A language of the program. */
export type Language = "vi" | "en" | "zh";
/** A correction made to a closed day. */
export type LaterCorrection = {
  /** The form. */
  form: DeclarationId;
  /** Its number. */
  number: string;
  /** What kind. */
  kind: CorrectionKind;
  /** Why. */
  reason: string;
  /** Who proposed it, and when. */
  proposed: MarkView;
  /** Who decided, and when; `None` while it waits. */
  decided: MarkView | null;
  /** Whether it took effect. */
  approved: boolean;
};
/** Where a change stands. */
export type LawChangeState = "waiting" | "taken" | "rejected";
/** A change of the law. */
export type LawChangeView = {
  /** Its id. */
  id: string;
  /** What it changes: the first rules, by name. */
  titles: Array<string>;
  /** How many rules it changes. */
  series: number;
  /** The first rows it enters. */
  rows: Array<LawRowView>;
  /** Keys of rows it ends, the first of them. */
  ends: Array<string>;
  /** The text it comes from. */
  basis: string;
  /** Why it reaches back; empty where it does not. */
  reason: string;
  /** Who proposed it. */
  by: string;
  /** When. */
  at: string;
  /** Where it stands. */
  state: LawChangeState;
  /** Who decided on it; empty where nobody had to. */
  decided_by: string;
  /** When. */
  decided_at: string | null;
  /** Why it was rejected. */
  decided_why: string;
};
/** Which changes are listed. */
export type LawChangesQuery = {
  /** Only those that wait. */
  waiting: boolean;
};
/** What speaks against a change, and what it comes to. */
export type LawCheckView = {
  /** What speaks against it, and what should be known. */
  problems: Array<Violation>;
  /** The rows that are entered or replaced, those that make room among them. */
  saved: Array<LawRowView>;
  /** Keys of rows that go. */
  removed: Array<string>;
  /** Whether a second person has to approve it. */
  second_person: boolean;
};
/** A change whose effect is asked: one that waits, or one as typed. */
export type LawEffectRequest = {
  /** The one that waits. */
  id: string | null;
  /** As typed. */
  proposal: LawProposalInput | null;
  /** As a table. */
  table: LawTableInput | null;
};
/** What a change touches. */
export type LawEffectView = {
  /** First past day with forms whose law becomes another. */
  past_from: BusinessDay | null;
  /** Last such day. */
  past_to: BusinessDay | null;
  /** Forms that stand on those days. */
  past_forms: number;
  /** Forms that stand today. */
  today_forms: number;
  /** Forms registered and not released. */
  open_forms: number;
  /** Those of them it touches. */
  open_touched: number;
  /** The last month decided again; absent where it decides no form. */
  replay: LawReplay | null;
};
/** A row that is to end. */
export type LawEndInput = {
  /** Its key. */
  key: string;
  /** Its last day; empty when it is to go altogether. */
  last: string;
};
/** A field of a kind. */
export type LawField = {
  /** Its name. */
  name: string;
  /** What it is called. */
  label: string;
  /** How it is typed. */
  input: LawInput;
  /** Its unit; empty where it has none. */
  unit: string;
  /** The words it takes. */
  options: Array<LawOption>;
  /** Whether it may be left empty. */
  optional: boolean;
  /** Whether it names the rule. */
  names: boolean;
};
/** How a field is typed. */
export type LawInput = "text" | "number" | "money" | "choice" | "choices" | "flag" | "body";
/** Which kind of rule a row is. */
export type LawKind = "quota" | "vat" | "rate" | "list" | "goods" | "prohibited" | "gate" | "commune" | "unit_title" | "practice" | "second_person" | "limits" | "term" | "hours" | "holiday" | "cash" | "price" | "price_watch" | "reconcile" | "account" | "retention" | "template" | "commodity_group" | "pattern";
/** A kind of rule. */
export type LawKindView = {
  /** The kind. */
  kind: LawKind;
  /** What it is called. */
  label: string;
  /** Its fields. */
  fields: Array<LawField>;
  /** How many rows are held. */
  rows: number;
  /** How many changes wait for approval. */
  waiting: number;
  /** Whether a second person approves its changes. */
  second_person: boolean;
  /** Whether tables of it are imported. */
  tables: boolean;
};
/** A word that may be chosen. */
export type LawOption = {
  /** As written. */
  value: string;
  /** As people read it. */
  label: string;
};
/** Where a row lies in time. */
export type LawPhase = "past" | "current" | "future" | "waiting";
/** A change as typed. */
export type LawProposalInput = {
  /** New rows. */
  rows: Array<LawRowInput>;
  /** Rows that end. */
  ends: Array<LawEndInput>;
  /** Rows in the way end the day before and go on after. */
  make_room: boolean;
  /** The text it comes from. */
  basis: string;
  /** Why it reaches back over days with registered forms. */
  reason: string;
};
/** Rules of a kind. */
export type LawQuery = {
  /** The kind. */
  kind: LawKind;
  /** Part of a code or a name. */
  text: string;
};
/** A change to reject. */
export type LawReject = {
  /** Which. */
  id: string;
  /** Why. */
  reason: string;
};
/** The last month decided once more. */
export type LawReplay = {
  /** First day. */
  from: BusinessDay | null;
  /** Last day. */
  to: BusinessDay | null;
  /** Whether there were more forms than could be looked at. */
  bounded: boolean;
  /** Forms decided again. */
  forms: number;
  /** Forms that would be decided otherwise. */
  affected_forms: number;
  /** Persons who declared them. */
  affected_persons: number;
  /** Forms that stood and would be refused. */
  refused: number;
  /** Forms that were refused and would stand. */
  accepted: number;
  /** As decided. */
  old: LawSums;
  /** Under the draft. */
  new: LawSums;
  /** The first that differ. */
  first: Array<LawReplayedForm>;
};
/** A form that would be decided otherwise; without amounts where it is refused. */
export type LawReplayedForm = {
  /** Its id. */
  id: DeclarationId;
  /** Its number; empty when it was refused. */
  number: string;
  /** Its day. */
  day: BusinessDay;
  /** Code of its gate. */
  gate: string;
  /** Exempt as decided. */
  old_exempt_vnd: Vnd | null;
  /** Due as decided. */
  old_due_vnd: Vnd | null;
  /** Exempt under the draft. */
  new_exempt_vnd: Vnd | null;
  /** Due under the draft. */
  new_due_vnd: Vnd | null;
};
/** A row as typed. */
export type LawRowInput = {
  /** Its kind. */
  kind: LawKind;
  /** Texts by field. */
  values: {
    [name: string]: string
  };
  /** First day. */
  valid_from: string;
  /** Last day; empty while it has none. */
  valid_to: string;
  /** The text it rests on; that of the change when empty. */
  basis: string;
};
/** A row of a rule. */
export type LawRowView = {
  /** Its key. */
  key: string;
  /** Its series. */
  series: string;
  /** What it says in short. */
  summary: string;
  /** First day. */
  valid_from: BusinessDay;
  /** Last day. */
  valid_to: BusinessDay | null;
  /** Its values. */
  values: Array<LawValue>;
  /** The text it rests on. */
  basis: string;
  /** Where it lies in time. */
  phase: LawPhase;
  /** Who entered it; empty where it came with the program. */
  by: string;
  /** When. */
  at: string | null;
  /** Who approved it; empty where nobody had to. */
  approved_by: string;
  /** When. */
  approved_at: string | null;
};
/** A rule whole: its time line and its history. */
export type LawRuleView = {
  /** Its series. */
  series: string;
  /** Its kind. */
  kind: LawKind;
  /** What it is called. */
  title: string;
  /** Today. */
  today: BusinessDay;
  /** Its rows, the earlier first; those that wait among them. */
  rows: Array<LawRowView>;
  /** Its changes, the newest first. */
  changes: Array<LawChangeView>;
};
/** One rule. */
export type LawSeries = {
  /** Its series, as in `vat/standard`. */
  series: string;
};
/** Rules of a kind. */
export type LawSeriesList = {
  /** The first that fit. */
  rows: Array<LawSeriesRow>;
  /** How many more fit. */
  more: number;
};
/** A rule in a list. */
export type LawSeriesRow = {
  /** Its series. */
  series: string;
  /** What it is called. */
  title: string;
  /** What it says today; empty where nothing holds. */
  today: string;
  /** First day of what holds today. */
  valid_from: BusinessDay | null;
  /** Last day of what holds today. */
  valid_to: BusinessDay | null;
  /** The text it rests on. */
  basis: string;
  /** How many rows it has. */
  rows: number;
  /** Whether another row begins later. */
  changes_later: boolean;
};
/** Sums over forms. */
export type LawSums = {
  /** Forms that stand. */
  forms: number;
  /** Customs value. */
  value_vnd: Vnd;
  /** Within the quota. */
  exempt_vnd: Vnd;
  /** Above it. */
  excess_vnd: Vnd;
  /** Taxes and fees. */
  due_vnd: Vnd;
};
/** A table of rows as a file's text. */
export type LawTableInput = {
  /** What it holds. */
  kind: LawKind;
  /** Name of the file. */
  name: string;
  /** Its text. */
  text: string;
  /** Day from which rows without one of their own hold; today when empty. */
  from: string;
  /** The text rows rest on; the file's name when empty. */
  basis: string;
  /** Why it reaches back over days with registered forms. */
  reason: string;
  /** The table is all there is: what it does not name ends. */
  whole: boolean;
  /** Take the good rows although others are bad. */
  skip_bad: boolean;
};
/** A row of a table and what it does. */
export type LawTableRow = {
  /** What it is called. */
  title: string;
  /** What is held; empty where it is new. */
  old: string;
  /** What it says; empty where it ends. */
  new: string;
  /** Whether it names goods as excluded. */
  excluded: boolean;
};
/** What a table would change. */
export type LawTableView = {
  /** How many rows are new. */
  new: number;
  /** How many change what is held. */
  changed: number;
  /** How many are held just so. */
  unchanged: number;
  /** How many rows held would end. */
  ended: number;
  /** How many name goods as excluded. */
  excluded: number;
  /** How many can't be taken. */
  bad: number;
  /** The first new ones. */
  new_rows: Array<LawTableRow>;
  /** The first changed ones. */
  changed_rows: Array<LawTableRow>;
  /** The first that end. */
  ended_rows: Array<LawTableRow>;
  /** The first excluded ones. */
  excluded_rows: Array<LawTableRow>;
  /** The first bad ones. */
  bad_rows: Array<BadTableRow>;
  /** Columns that are there and not used. */
  unused: Array<string>;
  /** What speaks against taking it. */
  problems: Array<Violation>;
  /** Whether a second person has to approve it. */
  second_person: boolean;
};
/** A value of a row. */
export type LawValue = {
  /** Name of the field. */
  name: string;
  /** What the field is called. */
  label: string;
  /** As typed. */
  value: string;
  /** As people read it. */
  shown: string;
};
/** By what a line of a roll-up gathers. */
export type Level = "gate" | "parent" | "office" | "region";
/** One line of an answer. */
export type LineAnswer = {
  /** Customs value. */
  value_vnd: Vnd;
  /** Within the quota. */
  exempt_vnd: Vnd;
  /** Above it. */
  excess_vnd: Vnd;
  /** Import or export duty. */
  duty_vnd: Vnd;
  /** Excise. */
  excise_vnd: Vnd;
  /** Environment tax. */
  environment_vnd: Vnd;
  /** Value added tax. */
  vat_vnd: Vnd;
  /** Rate of duty. */
  duty_percent: string;
  /** Rate of value added tax. */
  vat_percent: string;
  /** VND for one unit of the currency. */
  rate: string | null;
};
/** One line as it arrives. */
export type LineInput = {
  /** Commodity code. */
  hs: string;
  /** Description. */
  name: string;
  /** How much. */
  quantity: NumberText;
  /** Unit. */
  unit: string;
  /** Gross weight in kilograms. */
  weight_kg: string | null;
  /** Price of one unit. */
  unit_price: NumberText;
  /** Currency of the price. */
  currency: string;
  /** Country of origin or destination. */
  origin: string;
  /** `new` or `used`. */
  condition: Condition;
  /** Quarantine certificate. */
  certificate: string | null;
};
/** A line of a form: what was declared and what was decided. */
export type LineView = {
  /** Commodity code. */
  hs: HsCode;
  /** Description. */
  name: string;
  /** How much. */
  quantity: string;
  /** In which unit. */
  unit: string;
  /** Gross weight in kilograms, where given. */
  weight_kg: string | null;
  /** Price of one unit. */
  unit_price: string;
  /** Currency of the price. */
  currency: string;
  /** Country of origin or destination. */
  origin: string;
  /** New or used. */
  condition: Condition;
  /** Quarantine certificate. */
  certificate: string | null;
  /** Customs value. */
  value_vnd: Vnd;
  /** Within the quota. */
  exempt_vnd: Vnd;
  /** Above it. */
  excess_vnd: Vnd;
  /** Import or export duty. */
  duty_vnd: Vnd;
  /** Excise. */
  excise_vnd: Vnd;
  /** Environment tax. */
  environment_vnd: Vnd;
  /** Value added tax. */
  vat_vnd: Vnd;
  /** Rate of duty. */
  duty_percent: string;
  /** Rate of value added tax. */
  vat_percent: string;
  /** VND for one unit of the currency. */
  rate: string | null;
};
/** A mark on a form. */
export type MarkView = {
  /** When. */
  at: string;
  /** Account of the officer. */
  by: string;
  /** Display name of the account, for the signature. */
  name: string;
};
/** A figure. */
export type Measure = "received" | "released" | "refused" | "cancelled" | "pending" | "forms" | "lines" | "quantity" | "weight" | "mass" | "value" | "value_usd" | "exempt" | "excess" | "duty" | "excise" | "environment" | "vat" | "taxes" | "fee";
/** A workstation of the office. */
export type MemberView = {
  /** Its series. */
  series: string;
  /** What it is called. */
  name: string;
  /** Version of its program. */
  version: string;
  /** Whether it is this one. */
  own: boolean;
  /** When it was last heard of, by the hub's clock. */
  seen: string;
  /** Records the hub holds of it. */
  held: number;
  /** Records it had not sent when it was last heard of. */
  unsent: number;
  /** Records of the hub it had not read. */
  behind: number;
  /** The hub's clock less its own, in milliseconds. */
  clock_offset_ms: number;
  /** Whether it was declared lost. */
  lost: boolean;
};
/** The money of a day. */
export type MoneyView = {
  /** Due by forms that stand. */
  computed_vnd: Vnd;
  /** Paid on them in cash. */
  paid_cash_vnd: Vnd;
  /** Paid on them at a bank or the Treasury. */
  paid_bank_vnd: Vnd;
  /** Given back on them. */
  refunded_vnd: Vnd;
  /** Not yet paid. */
  unpaid_vnd: Vnd;
  /** To be given back. */
  to_refund_vnd: Vnd;
  /** Receipts issued. */
  receipts: number;
  /** Leaves of pre-printed books among them. */
  preprinted: number;
  /** Those taken back since. */
  cancelled: number;
  /** What those that stand brought in. */
  standing_vnd: Vnd;
  /** Numbered receipts, by series. */
  series: Array<SeriesView>;
  /** Recorded in the drawers. */
  recorded_vnd: Vnd;
  /** Counted in them. */
  counted_vnd: Vnd;
  /** Taken in, to be handed over. */
  taken_vnd: Vnd;
  /** Handed over. */
  handed_over_vnd: Vnd;
};
/** So many notes of one value. */
export type NotesInput = {
  /** Value of one. */
  note_vnd: string;
  /** How many. */
  count: number;
};
/** So many notes of one value. */
export type NotesView = {
  /** Value of one. */
  note_vnd: Vnd;
  /** How many. */
  count: number;
};
/** A command that needs to be told nothing. */
export type Nothing = Record<string, never>;
/** A number as written: a JSON string, or a JSON number kept digit by digit. */
export type NumberText = string;
/** A session to open. */
export type OpenCash = {
  /** Money for change in the drawer. */
  float_vnd: string;
};
/** Counts of what waits at the gate of who asks; away from a gate, at all gates. */
export type Overview = {
  /** Code of the gate; empty for all gates. */
  gate: string;
  /** Open breaches, by kind. */
  breaches: Array<BreachTally>;
  /** Those given to who asks. */
  breaches_own: number;
  /** Breaches that a higher office decides on. */
  breaches_referred: number;
  /** Corrections that wait for the second person. */
  corrections: number;
  /** Those that wait for somebody else than who asks, who proposed them. */
  corrections_own: number;
  /** Forms that wait for a step. */
  forms_open: number;
  /** Those whose time limit is over. */
  forms_late: number;
  /** Those whose time limit ends within the hour. */
  forms_near: number;
  /** Cashiers' sessions that are open. */
  cash_open: number;
  /** Closed with a difference that nobody else has seen. */
  cash_unseen: number;
  /** Closed, with money to be handed over. */
  cash_waiting: number;
  /** Those of them whose time for that is over. */
  cash_late: number;
  /** Receipts that wait for the second person. */
  receipts: number;
  /** Changes of the law that wait for approval. */
  law_changes: number;
  /** Days of the last month with forms that nobody has closed, the oldest first. */
  days_open: Array<OverviewDay>;
};
/** A gate's day. */
export type OverviewDay = {
  /** Code of the gate. */
  gate: string;
  /** The day. */
  day: BusinessDay;
};
/** A paper by kind and number; the number is masked in lists. */
export type PaperHit = {
  /** Which kind. */
  kind: string;
  /** Its number. */
  number: string;
};
/** A paper as entered. */
export type PaperInput = {
  /** Kind of paper. */
  kind: string;
  /** Its number. */
  number: string;
  /** Day of issue. */
  issued: string | null;
  /** Last day of validity. */
  expires: string | null;
};
/** Kinds of papers (Circular 06/2021/TT-BTC art. 14(4); LAW notes 6.1). */
export type PaperKind = "cccd" | "cmnd" | "border_pass" | "border_id" | "passport" | "chinese_id";
/** Size of the paper. */
export type PaperSize = "a4" | "a5";
/** A paper whole. */
export type PaperView = {
  /** Which kind. */
  kind: string;
  /** Its number. */
  number: string;
  /** Day of issue, where known. */
  issued: string | null;
  /** Last day of validity, where known. */
  expires: string | null;
};
/** A passage behind a difference; the paper's number is masked. */
export type PassageView = {
  /** When. */
  at: string;
  /** Code of the gate where it was counted. */
  gate: string;
  /** Number of the form shown. */
  form: string;
  /** Number of the paper shown, masked. */
  paper: string;
};
/** One's own password, changed. */
export type PasswordChange = {
  /** The password until now. */
  old: string;
  /** The password from now on. */
  new: string;
};
/** How a tax was paid (Circular 80/2019/TT-BTC art. 6(5)). */
export type PaymentMethod = "bank" | "cash";
/** A payment. */
export type PaymentView = {
  /** Who noted it, and when. */
  mark: MarkView;
  /** How it was paid. */
  method: PaymentMethod;
  /** Number of the receipt or payment slip. */
  document: string;
};
/** The days a report is about, both included. */
export type Period = {
  /** First day. */
  from: BusinessDay;
  /** Last day. */
  to: BusinessDay;
};
/** A gate's day in a roll-up. */
export type PeriodDay = {
  /** Code of the gate. */
  gate: string;
  /** The day. */
  day: BusinessDay;
  /** Where it stands. */
  state: DayState;
  /** Whether it was matched form by form; else its figures are its totals. */
  matched: boolean;
  /** Its figures. */
  figures: PeriodFigures;
  /** Digest of a closed day. */
  digest: string;
};
/** Figures of a day, or of several together. */
export type PeriodFigures = {
  /** Forms received. */
  registered: number;
  /** Released. */
  released: number;
  /** Refused. */
  refused: number;
  /** Cancelled or returned. */
  cancelled: number;
  /** Pending. */
  pending: number;
  /** Taxes and fees due. */
  due_vnd: Vnd;
  /** Paid, less what was given back. */
  paid_vnd: Vnd;
  /** Recorded in drawers. */
  recorded_vnd: Vnd;
  /** Counted in them. */
  counted_vnd: Vnd;
  /** Forms whose goods left. */
  left: number;
  /** Forms counted at the barrier. */
  seen: number;
  /** Days. */
  days: number;
  /** Days that are closed. */
  closed: number;
  /** Days with differences that are not settled. */
  differing: number;
  /** Differences that are not settled. */
  unsettled: number;
};
/** A line of a roll-up. */
export type PeriodGroup = {
  /** What it gathers by. */
  level: Level;
  /** Code of the gate, office or region; empty where it is not known. */
  code: string;
  /** Its name. */
  name: string;
  /** The least settled of its days. */
  state: DayState;
  /** Figures of all its days. */
  figures: PeriodFigures;
};
/** How long a report reaches. */
export type PeriodKind = "day" | "half_month" | "month" | "quarter" | "half_year" | "year" | "span";
/** Several gates over a period. */
export type PeriodQuery = {
  /** Codes of gates; every gate when empty. */
  gates: Array<string>;
  /** First day. */
  from: string;
  /** Last day. */
  to: string;
};
/** The match of several gates over a period. */
export type PeriodView = {
  /** First day. */
  from: BusinessDay;
  /** Last day. */
  to: BusinessDay;
  /** Days, the newest first. */
  days: Array<PeriodDay>;
  /** Roll-ups: gates, parent gates, offices, regions. */
  groups: Array<PeriodGroup>;
  /** All of it. */
  total: PeriodFigures;
};
/** All that is held of a person, as a file. */
export type PersonExport = {
  /** The person. */
  id: string;
  /** Why, and at whose request. */
  reason: string;
  /** Kind of file. */
  format: DossierFormat;
};
/** What one box says. */
export type PersonFind = {
  /** What the text was taken for. */
  reading: ReadAs;
  /** What needs a look. */
  problems: Array<Violation>;
  /** Fields read from a paper. */
  scanned: Scanned | null;
  /** Who it may be. */
  matches: Array<PersonHit>;
};
/** A person in a list or on a form. */
export type PersonHit = {
  /** Key of the person. */
  id: PersonId;
  /** Full name. */
  name: string;
  /** Date of birth. */
  born: string;
  /** Sex, where known. */
  sex: string | null;
  /** Papers. */
  papers: Array<PaperHit>;
  /** Address as on the paper. */
  address: string;
  /** Code of the commune. */
  commune: string;
  /** Its name; empty when it is not in the list of border communes. */
  commune_name: string;
  /** Quota, where it was asked for. */
  quota: QuotaView | null;
};
/** A person; the key of the quota, whatever papers the person shows. */
export type PersonId = string;
/** What was typed or scanned into the one box. */
export type PersonQuery = {
  /** As it arrived. */
  text: string;
};
/** A person as entered. */
export type PersonSave = {
  /** The person to change; a new one when absent. */
  id: string | null;
  /** Full name. */
  name: string;
  /** Date of birth. */
  born: string;
  /** Sex. */
  sex: string | null;
  /** Address as on the paper. */
  address: string;
  /** Code of the commune. */
  commune: string;
  /** Ground of residence. */
  basis: string;
  /** Telephone. */
  phone: string | null;
  /** All papers of the person. */
  papers: Array<PaperInput>;
  /** Why it is entered or changed. */
  reason: string;
  /** Someone has looked: a known person of the same name and birth is another. */
  is_another?: boolean;
};
/** A person's page: papers in full, as its opening is recorded. */
export type PersonView = {
  /** Key of the person. */
  id: PersonId;
  /** Full name. */
  name: string;
  /** Date of birth. */
  born: string;
  /** Sex, where known. */
  sex: string | null;
  /** Address as on the paper. */
  address: string;
  /** Code of the commune. */
  commune: string;
  /** Its name; empty when it is not in the list of border communes. */
  commune_name: string;
  /** Ground of residence. */
  basis: ResidenceBasis;
  /** Telephone. */
  phone: string | null;
  /** All papers. */
  papers: Array<PaperView>;
  /** Quota today. */
  quota: QuotaView;
  /** Use by day in this month. */
  month: Array<DayUse>;
  /** The latest forms. */
  history: Array<DeclarationRow>;
};
/** Goods whose prices are asked for. */
export type PriceQuery = {
  /** Commodity code. */
  hs: string;
  /** Unit of quantity. */
  unit: string;
  /** Code of the gate; that of the session when absent. */
  gate?: string | null;
  /** Which way the goods go. */
  direction: Direction;
};
/** Reference and spread of the prices of goods at a gate. */
export type PriceView = {
  /** Commodity code. */
  hs: HsCode;
  /** Unit the prices are for. */
  unit: string;
  /** What is held against the price today. */
  reference: ReferenceView | null;
  /** Calendar months looked back on, the running one included. */
  months: number;
  /** Fewest lines that are shown. */
  least: number;
  /** How many times the reference a price may be before it is far from it. */
  times: string;
  /** How prices spread; `None` where too few were declared. */
  spread: SpreadView | null;
};
/** What the marks on a print tell of it. */
export type PrintMark = "original" | "copy" | "preview";
/** A sheet that was set. */
export type PrintedFile = {
  /** A name for the file. */
  name: string;
  /** What the print is. */
  mark: PrintMark;
  /** How often the form has been printed, this time included. */
  times: number;
  /** The PDF file in base64. */
  pdf: string;
  /** Pictures of the pages in SVG, where asked for. */
  pictures: Array<string>;
};
/** How far a form has come since it was registered. */
export type ProgressView = {
  /** What it waits for; `None` when it was refused or cancelled. */
  stage: Stage | null;
  /** Until when the law wants the next step; `None` where no limit runs. */
  deadline: string | null;
  /** Whether goods must be inspected, by the law or by order. */
  needs_inspection: boolean;
  /** An inspection was ordered. */
  ordered: MarkView | null;
  /** All goods were presented. */
  presented: MarkView | null;
  /** The time for inspecting was extended. */
  extended: InspectionExtensionView | null;
  /** Inspected. */
  inspected: InspectionView | null;
  /** Lines that need a certificate. */
  certificates: Array<CertificateView>;
  /** Tax confirmed. */
  taxed: MarkView | null;
  /** Paid. */
  paid: PaymentView | null;
  /** Released. */
  released: MarkView | null;
  /** What is still to be paid; negative when it is to be given back. */
  balance_vnd: Vnd;
  /** What was paid and given back before and after corrections. */
  settlements: Array<SettlementView>;
  /** How often it was printed. */
  printed: number;
};
/** A correction that waits for the second person. */
export type ProposalView = {
  /** Its id. */
  id: string;
  /** The form as it stands. */
  form: DeclarationRow;
  /** How it is to be corrected. */
  kind: CorrectionKind;
  /** Why. */
  reason: string;
  /** Display name of the proposer. */
  proposed_by: string;
  /** When. */
  proposed_at: string;
  /** Whether it is one's own, which another has to decide. */
  is_own: boolean;
  /** What it would change now; `None` when the form no longer stands. */
  preview: CorrectionPreview | null;
};
/** A form of the queue. */
export type QueueRow = {
  /** The form. */
  form: DeclarationRow;
  /** How far it has come. */
  progress: ProgressView;
  /** Whether its time limit is over. */
  overdue: boolean;
};
/** Quota of a person for imports today, over all gates. */
export type QuotaView = {
  /** Exempt value of a day. */
  limit_vnd: Vnd;
  /** Used today. */
  used_today_vnd: Vnd;
  /** What the next trip may have exempt. */
  left_today_vnd: Vnd;
  /** Exempt trips of the period. */
  trips_used: number;
  /** How many there may be. */
  trips_limit: number;
  /** Exempt trips of today. */
  trips_today: number;
  /** Legal basis; empty when no rule is held. */
  basis: string;
};
/** What the text was taken for. */
export type ReadAs = "qr" | "mrz" | "number" | "name" | "empty" | "unreadable";
/** A report every office has. */
export type ReadyReport = {
  /** Its word. */
  name: string;
  /** What it is called. */
  title: string;
  /** What it asks for, of a month. */
  plan: ReportPlan;
};
/** Why something is done. */
export type Reason = {
  /** Why. */
  reason: string;
};
/** Receipts of a gate's day, or of a session. */
export type ReceiptQuery = {
  /** Code of the gate. */
  gate: string;
  /** The day. */
  day: string;
  /** The session; then gate and day do not matter. */
  session: string | null;
};
/** A receipt in a list. */
export type ReceiptRow = {
  /** Its id. */
  id: string;
  /** Its number. */
  number: string;
  /** Whether it is a leaf of a pre-printed book. */
  preprinted: boolean;
  /** The session its money went into. */
  session: string;
  /** The form whose tax it is. */
  form: DeclarationId;
  /** Number of the form. */
  form_number: string;
  /** Who paid. */
  person_name: string;
  /** What was paid. */
  amount_vnd: Vnd;
  /** Who issued it, and when. */
  issued: MarkView;
  /** Where it stands. */
  status: ReceiptStatus;
  /** Why it is or was taken back. */
  reason: string;
  /** Who has its paper in hand. */
  asked: MarkView | null;
  /** Who confirmed that it came back. */
  confirmed: MarkView | null;
};
/** Where a receipt stands. */
export type ReceiptStatus = "standing" | "pending" | "cancelled";
/** What the printed receipt says. Its words are Vietnamese in every language of the program: it is a paper of the office. */
export type ReceiptView = {
  /** The receipt as it stands in lists. */
  row: ReceiptRow;
  /** Series before the serial; the whole number of a pre-printed leaf stands in `serial`. */
  series: string;
  /** Serial within the series. */
  serial: string;
  /** Name of the gate. */
  gate_name: string;
  /** Address of who paid. */
  payer_address: string;
  /** Paper of who paid, its number in full. */
  payer_paper: string;
  /** What is paid for. */
  purpose: string;
  /** Import or export duty in it. */
  duty_vnd: Vnd;
  /** Excise in it. */
  excise_vnd: Vnd;
  /** Environment tax in it. */
  environment_vnd: Vnd;
  /** Value added tax in it. */
  vat_vnd: Vnd;
  /** Fee in it. */
  fee_vnd: Vnd;
  /** The amount in words, its first letter large. */
  amount_words: string;
};
/** The match of a gate's day. */
export type ReconciliationView = {
  /** Code of the gate. */
  gate: string;
  /** Its name. */
  gate_name: string;
  /** The day. */
  day: BusinessDay;
  /** Where it stands. */
  state: DayState;
  /** Forms and what was counted of them. */
  forms: Directions<FormsView>;
  /** Money. */
  money: MoneyView;
  /** Figures held against each other. */
  checks: Array<CheckView>;
  /** What does not meet. */
  differences: Array<DifferenceView>;
  /** Differences that nothing settles yet. */
  unsettled: number;
  /** Counts of the barrier, the newest first; the one that holds is not replaced. */
  counts: Array<BarrierView>;
  /** What stands against closing it now. */
  against: Array<Violation>;
  /** Whether closing it asks for a second person. */
  close_needs_second: boolean;
  /** The close that waits for the second person. */
  closing: ClosePending | null;
  /** How it was closed. */
  closed: DayClosing | null;
};
/** What is held against a price. */
export type ReferenceView = {
  /** Price of one unit. */
  price_vnd: Vnd;
  /** Where it comes from; empty where that is not known. */
  source: string;
  /** Since when it holds. */
  since: BusinessDay | null;
};
/** A choice with its name. */
export type ReportChoice<T> = {
  /** The word on the wire. */
  word: T;
  /** What it is called. */
  title: string;
};
/** Every report that can be asked for, and what one can be made of. */
export type ReportChoices = {
  /** Those every office has. */
  ready: Array<ReadyReport>;
  /** Those a branch keeps. */
  kept: Array<KeptReport>;
  /** Whether the caller may keep one. */
  may_keep: boolean;
  /** What can be counted. */
  bases: Array<ReportChoice<Basis>>;
  /** How long a report may reach. */
  periods: Array<ReportChoice<PeriodKind>>;
  /** What figures can be told apart by. */
  dimensions: Array<ReportChoice<Dimension>>;
  /** The figures. */
  measures: Array<ReportChoice<Measure>>;
  /** Groups of commodities, by code. */
  groups: Array<ReportChoice<string>>;
};
/** A column. */
export type ReportColumn = {
  /** A name for programs, the same in every language. */
  id: string;
  /** Its heading. */
  heading: string;
  /** What it holds. */
  kind: ColumnKind;
  /** Most digits behind the point. */
  places: number;
  /** Whether the headings of sections say the same. */
  in_section: boolean;
};
/** Something said about a report. */
export type ReportFact = {
  /** Its name. */
  name: string;
  /** What is said. */
  text: string;
};
/** A report as a file. */
export type ReportFile = {
  /** Which report. */
  report: ReportRequest;
  /** Kind of file. */
  format: ReportFormat;
};
/** A kind of report file. */
export type ReportFormat = "csv" | "xlsx" | "pdf" | "json";
/** A report to keep under a name. */
export type ReportKeep = {
  /** Which is changed; a new one when absent. */
  id?: string;
  /** Its name. */
  name: string;
  /** What it asks for. */
  plan: ReportPlan;
};
/** What a report asks for, for whatever days and gates it is made. */
export type ReportPlan = {
  /** What is counted. */
  basis: Basis;
  /** How long it reaches. */
  period: PeriodKind;
  /** What figures are told apart by, the outermost first. */
  grouping: Array<Dimension>;
  /** How many of these, from the outermost, have a heading and a sum of their own. */
  sections: number;
  /** What is left out. */
  filter: Filter;
  /** The figures, in the order of the columns. */
  columns: Array<Measure>;
  /** Whether each figure is shown since the beginning of the year too. */
  cumulative: boolean;
  /** The order of the rows; by what they are grouped by when absent. */
  sort?: Sorting;
};
/** Which report, of which days and gates. */
export type ReportRequest = {
  /** One every office has, by its word, or the name or id of one a branch keeps; `lines` for every line of the forms. */
  report: string;
  /** What is asked for instead of what the report says. */
  plan?: ReportPlan;
  /** How long it reaches; as the report says when absent. */
  period?: PeriodKind;
  /** A day of its period; the first one of a span. */
  day: string;
  /** The last day of a span. */
  to?: string;
  /** Codes of its gates; all when empty. */
  gates: Array<string>;
  /** Why numbers of papers are asked for in full; masked when absent. */
  reveal?: string;
};
/** A row. */
export type ReportRow = {
  /** What it is. */
  kind: ReportRowKind;
  /** How deep its section lies, from 0. */
  depth: number;
  /** The rows a sum is over, from 0. */
  of: Array<number>;
  /** What the row is called, of a section or a sum. */
  label: string;
  /** A cell a column. */
  cells: Array<string>;
};
/** What a row is. */
export type ReportRowKind = "section" | "line" | "sum" | "total";
/** A report. */
export type ReportTable = {
  /** A name for its file, without suffix. */
  file: string;
  /** Its title. */
  title: string;
  /** Its days, in words. */
  days: string;
  /** Gates, basis, filter, rate, when and by whom it was made. */
  about: Array<ReportFact>;
  /** Its columns. */
  columns: Array<ReportColumn>;
  /** Its rows; the total last, where there is one. */
  rows: Array<ReportRow>;
  /** What the reader should know. */
  notes: Array<string>;
  /** Who signs it, by title. */
  signatures: Array<string>;
  /** Whether nothing was counted. */
  empty: boolean;
  /** Its days. */
  period: Period;
  /** When it was made. */
  made_at: string;
};
/** A report on screen. */
export type ReportView = {
  /** What was asked. */
  plan: ReportPlan;
  /** The report. */
  table: ReportTable;
};
/** On what ground a person is a border resident (Decree 14/2018/ND-CP art. 3(3)). */
export type ResidenceBasis = "permanent_residence" | "residence_permit";
/** The declarant as it arrives. */
export type ResidentInput = {
  /** Kind of paper. */
  kind: string;
  /** Number of the paper. */
  number: string;
  /** Full name. */
  name?: string | null;
  /** Date of birth. */
  born?: string | null;
  /** Sex. */
  sex?: string | null;
  /** Address. */
  address?: string | null;
  /** Code of the commune. */
  commune?: string | null;
  /** Ground of residence. */
  basis?: string | null;
  /** Telephone. */
  phone?: string | null;
};
/** Persons whose data was kept long enough. */
export type RetentionAsk = {
  /** Only those without a trace since this day; the rule's own day when empty. */
  before: string;
};
/** A proposal and what became of it. */
export type RetentionRunView = {
  /** Its id. */
  id: string;
  /** Files before this day are old. */
  before: BusinessDay;
  /** The text. */
  basis: string;
  /** How many persons. */
  persons: number;
  /** How many records lost names. */
  records: number;
  /** Who proposed it. */
  proposed: MarkView;
  /** Who confirmed or rejected it. */
  decided: MarkView | null;
  /** Whether it was done. */
  done: boolean;
  /** Whether whoever asks proposed it. */
  own: boolean;
};
/** The second person's answer to a proposal. */
export type RetentionVerdict = {
  /** The proposal. */
  id: string;
  /** Whether it is to be done. */
  agree: boolean;
};
/** Who falls under the rule, without a name. */
export type RetentionView = {
  /** Files before this day are old. */
  customs_before: BusinessDay;
  /** Those with tax before this one. */
  accounting_before: BusinessDay;
  /** Years after the last customs file. */
  customs_years: number;
  /** Years after the last one with tax. */
  accounting_years: number;
  /** The text. */
  basis: string;
  /** Whether a second person confirms. */
  needs_second: boolean;
  /** How many persons. */
  persons: number;
  /** How many more of whom something is still open. */
  held: number;
  /** By the year of their last trace. */
  years: Array<RetentionYear>;
};
/** Persons whose last trace fell in one year. */
export type RetentionYear = {
  /** The year. */
  year: number;
  /** How many. */
  persons: number;
};
/** One entry of a form's history. */
export type RevisionView = {
  /** How it was corrected; `None` for its registration. */
  kind: CorrectionKind | null;
  /** When it took effect, or was rejected. */
  at: string;
  /** Display name of who registered, corrected or proposed it. */
  by: string;
  /** Display name of the second person, where one decided. */
  decided_by: string | null;
  /** Whether the second person rejected it. */
  rejected: boolean;
  /** Why it was corrected. */
  reason: string;
  /** Why the second person rejected it. */
  verdict_reason: string;
  /** The article it rests on. */
  basis: string;
  /** Which revision it made; `None` when it made none. */
  revision: number | null;
  /** What it was then decided to. */
  sums: Sums | null;
};
/** Who works with the program (LAW notes 2.3; one account has one role). */
export type Role = "officer" | "supervisor" | "branch" | "leader" | "administrator" | "auditor" | "operator";
/** Where a series stood. */
export type RootView = {
  /** Workstation whose series it is. */
  series: string;
  /** Index of the last record. */
  index: number;
  /** Records of the day. */
  records: number;
  /** Hash of the last record, in groups that can be read aloud. */
  hash: string;
};
/** What a paper says of its holder. */
export type Scanned = {
  /** Which kind it seems to be. */
  paper_kind: PaperKind;
  /** Number in capital letters without spaces, dots and dashes. */
  number: string;
  /** Nine-digit number of the identity card before the citizen card. */
  old_number: string | null;
  /** Full name, composed (NFC). */
  name: string | null;
  /** Date of birth. */
  born: string | null;
  /** Sex. */
  sex: Sex | null;
  /** Address as the card has it. */
  address: string | null;
  /** Date of issue. */
  issued: string | null;
  /** Last day of validity; none when the paper has no limit or does not say. */
  expires: string | null;
  /** ISO 3166 alpha-3 code of the nationality. */
  nationality: string | null;
};
/** What the second person says of a settlement or a close. */
export type SecondAnswer = {
  /** What waits. */
  id: string;
  /** Whether it is confirmed. */
  confirm: boolean;
  /** Why not; may be empty when it is. */
  reason: string;
};
/** A form a printer took. */
export type SentForm = {
  /** What the print is. */
  mark: PrintMark;
  /** How often the form has been printed, this time included. */
  times: number;
};
/** A number in a series that no receipt of the series has. */
export type SeriesView = {
  /** The series. */
  series: string;
  /** First serial of the day. */
  first: number;
  /** Last serial of the day. */
  last: number;
  /** Receipts of the series on the day. */
  receipts: number;
  /** Serials in between that no receipt has. */
  missing: Array<number>;
};
/** What a session waits for. */
export type SessionStage = "open" | "difference" | "hand_over" | "done";
/** Who has signed in, where. */
export type SessionView = {
  /** Names the session in every envelope. */
  token: string;
  /** Account name. */
  user: string;
  /** Name to show. */
  display_name: string;
  /** What the account may do. */
  role: Role;
  /** Code of the gate. */
  gate: string;
  /** Its name. */
  gate_name: string;
  /** Code of the counter. */
  workstation: string;
  /** Seconds without a command after which the session locks itself. */
  idle_lock_seconds: number;
  /** Whether it can do nothing before it has changed its password. */
  must_change_password: boolean;
  /** The commands it may give: a page shows the screens that have something to ask. */
  commands: CommandName[];
};
/** How a difference is settled. */
export type SettleInput = {
  /** Code of the gate. */
  gate: string;
  /** The day. */
  day: string;
  /** Key of the difference. */
  key: string;
  /** How. */
  way: SettleWay;
  /** Why. */
  reason: string;
};
/** A lawful way to settle a difference. */
export type SettleWay = "release" | "cancel" | "correct" | "register" | "enter_count" | "amend_count" | "enter_receipt" | "take_back" | "acknowledge" | "count_cash" | "hand_over" | "pay" | "refund" | "verify" | "transfer" | "cumulative" | "spoiled" | "refer" | "explain";
/** A payment before a correction changed the sum, or what was given back after one. */
export type SettlementView = {
  /** Who noted it, and when. */
  mark: MarkView;
  /** Number of the receipt, payment slip or decision. */
  document: string;
  /** How much; negative when it was given back. */
  amount_vnd: Vnd;
};
/** Whether a violation stops the registration or only asks for attention. */
export type Severity = "refuse" | "warn";
/** Sex as the card states it. */
export type Sex = "male" | "female";
/** How far a print is moved on pre-printed stationery, in tenths of a millimetre. */
export type Shift = {
  /** To the right. */
  x: number;
  /** Down. */
  y: number;
};
/** One of the three columns. */
export type Side = "forms" | "money" | "barrier";
/** Who signs in, where. */
export type SignIn = {
  /** Account name. */
  user: string;
  /** Its password. */
  password: string;
  /** Code of the gate. */
  gate: string;
  /** Code of the counter. */
  workstation: string;
};
/** By which figure rows are put in order; those of a section among themselves. */
export type Sorting = {
  /** The figure. */
  by: Measure;
  /** The largest first. */
  descending: boolean;
};
/** How declared prices of one unit spread, each to a few percent. */
export type SpreadView = {
  /** Lines counted. */
  lines: number;
  /** The lowest or a little less. */
  least_vnd: Vnd;
  /** A quarter lies below. */
  lower_vnd: Vnd;
  /** Half of them does. */
  median_vnd: Vnd;
  /** Three quarters do. */
  upper_vnd: Vnd;
  /** The highest or a little more. */
  most_vnd: Vnd;
};
/** What a form waits for next, in the order of the process. */
export type Stage = "inspection" | "certificates" | "tax" | "payment" | "release" | "released";
/** Where a form stands. */
export type Status = "registered" | "refused" | "cancelled" | "returned";
/** One step of an officer. */
export type Step = {
  "step": "order_inspection"
} | {
  "step": "extend_inspection";
  /** What makes the lot large or mixed. */
  reason: string;
} | {
  "step": "present"
} | {
  "step": "inspect";
  /** What was found. */
  finding: Finding;
  /** In words; required when the goods differ. */
  remark?: string;
} | {
  "step": "certify";
  /** Line, from 0. */
  line: number;
  /** Number of the certificate. */
  certificate: string;
} | {
  "step": "waive";
  /** Line, from 0. */
  line: number;
  /** Why, and who said so. */
  reason: string;
} | {
  "step": "confirm_tax"
} | {
  "step": "pay";
  /** How. */
  method: PaymentMethod;
  /** Number of the payment slip, or of the leaf of a pre-printed receipt book; a receipt in cash without one gets the next number of the counter. */
  document?: string;
  /** Amount paid, where it was typed: all that is due. */
  amount?: Vnd;
} | {
  "step": "release"
} | {
  "step": "refund";
  /** How much, in VND: exactly what is to be given back. */
  amount: Vnd;
  /** How: in cash it comes out of the cashier's drawer. */
  method: PaymentMethod;
  /** Number of the decision or payment slip. */
  document: string;
};
/** Sums of a form at one point of its history. */
export type Sums = {
  /** Customs value. */
  value_vnd: Vnd;
  /** Within the quota. */
  exempt_vnd: Vnd;
  /** Taxes and fee. */
  total_due_vnd: Vnd;
};
/** What is shown before anyone has signed in; nothing personal. */
export type SystemStatus = {
  /** Version of the program. */
  version: string;
  /** Accounts of the invented example; none in an office's own database. */
  demo_accounts: Array<DemoAccount>;
  /** No one can sign in yet: the first administrator is to be entered. */
  is_new: boolean;
  /** The business day. */
  today: BusinessDay;
  /** Gates open today. */
  gates: Array<GateView>;
};
/** A step on a list of gathered goods. */
export type TakeGatheringStep = {
  /** The list. */
  id: string;
  /** The step. */
  step: GatheringStep;
};
/** A step on a form. */
export type TakeStep = {
  /** The form. */
  id: string;
  /** The step. */
  step: Step;
};
/** Goods taken from a line of a form. */
export type TakenInput = {
  /** Id or number of the form. */
  form: string;
  /** Its line, from 0. */
  line: number;
  /** How much, in the unit of the form's line. */
  quantity: NumberText;
  /** Day of gathering; that of the list when empty. */
  day?: string | null;
};
/** A trader as entered. */
export type TraderInput = {
  /** Name. */
  name: string;
  /** Address. */
  address: string;
  /** Tax code. */
  tax_code: string;
};
/** Who gathers. */
export type TraderView = {
  /** Name. */
  name: string;
  /** Address. */
  address: string;
  /** Tax code. */
  tax_code: string;
};
/** What was typed or scanned to find one thing. */
export type Typed = {
  /** As it arrived. */
  text: string;
};
/** What a figure counts. */
export type Unit = "forms" | "persons" | "receipts" | "vnd" | "grams";
/** The password of a locked session's account. */
export type Unlock = {
  /** The password. */
  password: string;
};
/** A form with a difference that a correction left. */
export type UnsettledRow = {
  /** The form. */
  form: DeclarationRow;
  /** What is to be paid; negative when it is to be given back. */
  balance_vnd: Vnd;
  /** Whether its tax is confirmed. */
  is_taxed: boolean;
};
/** The vehicle book QLPT-BG of a gate's year, as it is printed and exported. */
export type VehicleBook = {
  /** Code of the gate. */
  gate: string;
  /** Its name. */
  gate_name: string;
  /** The year. */
  year: number;
  /** When it was made. */
  made_at: string;
  /** By whom. */
  made_by: string;
  /** Entries in the order of their numbers. */
  rows: Array<VehicleView>;
};
/** The vehicle book of a gate's year as a file. */
export type VehicleExport = {
  /** Code of the gate. */
  gate: string;
  /** The year. */
  year: number;
  /** Kind of file. */
  format: ReportFormat;
  /** Why numbers of papers are to stand in it in full; masked when absent. */
  reveal?: string | null;
};
/** What a plate says. */
export type VehicleFind = {
  /** The plate as it is looked up; empty when it is none. */
  plate: string;
  /** Its entry: the one that holds today, else the last. */
  vehicle: VehicleView | null;
  /** Where it is away, if it is. */
  away: CrossingView | null;
  /** Its ways out and back, the newest first. */
  history: Array<CrossingView>;
  /** Why it may not go out, or what has to be looked at. */
  problems: Array<Violation>;
};
/** A vehicle as entered. */
export type VehicleInput = {
  /** UUID. */
  id: string;
  /** Its plate. */
  plate: string;
  /** What it is. */
  kind: VehicleKind;
  /** Key of its owner. */
  owner: string;
  /** This year when absent, or the next. */
  year?: number | null;
};
/** What kind of vehicle; the time it may be away depends on it. */
export type VehicleKind = "truck" | "car" | "motorcycle" | "boat" | "handcart";
/** A vehicle in the register, its owner's number masked. */
export type VehicleView = {
  /** Its id. */
  id: string;
  /** Number of the entry. */
  number: string;
  /** Code of the gate. */
  gate: string;
  /** Its name. */
  gate_name: string;
  /** Plate. */
  plate: string;
  /** Kind. */
  kind: VehicleKind;
  /** Key of the owner. */
  owner: PersonId;
  /** Name. */
  owner_name: string;
  /** A paper of the owner, masked unless its number was asked for with a reason. */
  owner_paper: string;
  /** Address. */
  owner_address: string;
  /** First day of the entry. */
  from: BusinessDay;
  /** Its last day. */
  to: string | null;
  /** Registered. */
  registered: MarkView;
  /** Struck off. */
  struck_off: MarkView | null;
  /** Why. */
  strike_reason: string;
  /** Whether it holds today. */
  holds: boolean;
};
/** A violation in words. */
export type Violation = {
  /** Which rule. */
  code: string;
  /** `refuse` or `warn`. */
  severity: Severity;
  /** The field it concerns. */
  field: string;
  /** Legal basis. */
  basis: string;
  /** What happened, why, what to do. */
  message: string;
};
/** A whole number of Vietnamese dong; the unit of quota, value and tax (Circular 174/2015 art. 6 rounds shares of a dong half up). Written as a string in JSON so that no reader turns it into floating point. */
export type Vnd = string;
/** Which way a vehicle goes. */
export type Way = "out" | "back";
/** A way to settle a difference. */
export type WayView = {
  /** Which. */
  way: SettleWay;
  /** What it is called. */
  label: string;
  /** Whether it is an entry with a reason; else it is done on another screen. */
  recorded: boolean;
};

/** Every command: what it takes and what it answers. */
export interface Commands {
  system_status: { request: Nothing; response: SystemStatus };
  account_first: { request: FirstAccount; response: null };
  session_sign_in: { request: SignIn; response: SessionView };
  session_sign_out: { request: Nothing; response: null };
  session_lock: { request: Nothing; response: null };
  session_unlock: { request: Unlock; response: null };
  password_change: { request: PasswordChange; response: null };
  account_list: { request: Nothing; response: Array<AccountView> };
  account_save: { request: AccountSave; response: Array<AccountView> };
  account_unlock: { request: AccountName; response: Array<AccountView> };
  person_find: { request: PersonQuery; response: PersonFind };
  person_view: { request: ById; response: PersonView };
  person_save: { request: PersonSave; response: PersonView };
  person_export: { request: PersonExport; response: ExportedFile };
  retention_preview: { request: RetentionAsk; response: RetentionView };
  retention_list: { request: Nothing; response: Array<RetentionRunView> };
  retention_propose: { request: RetentionAsk; response: Array<RetentionRunView> };
  retention_decide: { request: RetentionVerdict; response: Array<RetentionRunView> };
  commune_list: { request: Nothing; response: Array<CommuneView> };
  goods_find: { request: GoodsQuery; response: Array<GoodsHit> };
  price_view: { request: PriceQuery; response: PriceView };
  declaration_preview: { request: DraftInput; response: DecisionView };
  declaration_register: { request: DraftInput; response: Answer };
  exchange_register: { request: Exchange; response: ExchangeAnswer };
  declaration_cancel: { request: Cancel; response: CorrectionResult };
  correction_preview: { request: CorrectionInput; response: CorrectionPreview };
  correction_make: { request: CorrectionInput; response: CorrectionResult };
  correction_decide: { request: CorrectionVerdict; response: null };
  correction_list: { request: GateRequest; response: CorrectionList };
  declaration_history: { request: ById; response: Array<RevisionView> };
  declaration_list: { request: DeclarationListRequest; response: DeclarationList };
  declaration_view: { request: ById; response: DeclarationView };
  declaration_step: { request: TakeStep; response: ProgressView };
  declaration_queue: { request: GateRequest; response: Array<QueueRow> };
  overview: { request: Nothing; response: Overview };
  breach_list: { request: BreachQuery; response: BreachList };
  breach_view: { request: ById; response: BreachView };
  breach_assign: { request: BreachAssign; response: null };
  breach_decide: { request: BreachDecision; response: null };
  breach_harmless: { request: BreachHarmless; response: null };
  breach_scan: { request: GateDay; response: BreachScan };
  harmless_list: { request: HarmlessQuery; response: Array<HarmlessView> };
  harmless_withdraw: { request: Cancel; response: null };
  cash_desk: { request: GateRequest; response: CashDesk };
  cash_open: { request: OpenCash; response: CashSessionView };
  cash_close: { request: CloseCash; response: CashSessionView };
  cash_acknowledge: { request: ById; response: CashSessionView };
  cash_hand_over: { request: HandOverCash; response: CashSessionView };
  cash_day: { request: GateDay; response: CashDay };
  receipt_list: { request: ReceiptQuery; response: Array<ReceiptRow> };
  receipt_view: { request: ById; response: ReceiptView };
  receipt_cancel: { request: CancelReceipt; response: ReceiptRow };
  receipt_answer: { request: AnswerReceipt; response: ReceiptRow };
  receipt_print: { request: ById; response: PrintedFile };
  form_print: { request: FormPrint; response: PrintedFile };
  form_send: { request: FormSend; response: SentForm };
  printer_list: { request: Nothing; response: Array<string> };
  form_find: { request: PersonQuery; response: FoundFormView };
  alignment_print: { request: AlignmentPrint; response: PrintedFile };
  law_kinds: { request: Nothing; response: Array<LawKindView> };
  law_series: { request: LawQuery; response: LawSeriesList };
  law_rule: { request: LawSeries; response: LawRuleView };
  law_changes: { request: LawChangesQuery; response: Array<LawChangeView> };
  law_check: { request: LawProposalInput; response: LawCheckView };
  law_effect: { request: LawEffectRequest; response: LawEffectView };
  law_propose: { request: LawProposalInput; response: LawChangeView };
  law_approve: { request: ById; response: LawChangeView };
  law_reject: { request: LawReject; response: LawChangeView };
  law_table_preview: { request: LawTableInput; response: LawTableView };
  law_table_take: { request: LawTableInput; response: LawChangeView };
  gathering_form: { request: Typed; response: GatherableForm };
  gathering_trader: { request: Typed; response: TraderView | null };
  gathering_save: { request: GatheringInput; response: GatheringView };
  gathering_step: { request: TakeGatheringStep; response: GatheringView };
  gathering_cancel: { request: Cancel; response: GatheringView };
  gathering_list: { request: GatheringListRequest; response: Array<GatheringRow> };
  gathering_view: { request: ById; response: GatheringView };
  gathering_export: { request: GatheringExport; response: ExportedFile };
  gathering_print: { request: ById; response: PrintedFile };
  vehicle_find: { request: Typed; response: VehicleFind };
  vehicle_register: { request: VehicleInput; response: VehicleFind };
  vehicle_strike_off: { request: Cancel; response: VehicleFind };
  vehicle_cross: { request: Cross; response: VehicleFind };
  vehicle_extend: { request: Extend; response: CrossingView };
  vehicle_outside: { request: GateRequest; response: Array<CrossingView> };
  vehicle_book: { request: GateYear; response: VehicleBook };
  vehicle_export: { request: VehicleExport; response: ExportedFile };
  vehicle_print: { request: GateYear; response: PrintedFile };
  reconciliation_view: { request: GateDay; response: ReconciliationView };
  barrier_save: { request: BarrierInput; response: ReconciliationView };
  barrier_import: { request: BarrierTable; response: BarrierTableView };
  difference_settle: { request: SettleInput; response: ReconciliationView };
  settlement_answer: { request: SecondAnswer; response: ReconciliationView };
  day_close: { request: GateDay; response: CloseResult };
  day_close_answer: { request: SecondAnswer; response: CloseResult };
  reconciliation_period: { request: PeriodQuery; response: PeriodView };
  report_daily: { request: GateDay; response: DailyReport };
  report_run: { request: ReportRequest; response: ReportView };
  report_file: { request: ReportFile; response: ExportedFile };
  report_definitions: { request: Nothing; response: ReportChoices };
  report_save_definition: { request: ReportKeep; response: KeptReport };
  report_withdraw: { request: ById; response: null };
  report_export: { request: Export; response: ExportedFile };
  audit_kinds: { request: Nothing; response: Array<AuditKind> };
  audit_search: { request: AuditQuery; response: AuditPage };
  audit_view: { request: AuditAt; response: AuditDetail };
  anchor_list: { request: Nothing; response: Array<AnchorView> };
  anchor_make: { request: AnchorDay; response: AnchorView };
  anchor_keep: { request: AnchorText; response: AnchorView };
  anchor_export: { request: ById; response: ExportedFile };
  anchor_print: { request: ById; response: PrintedFile };
  anchor_renew: { request: Reason; response: null };
  hub_status: { request: Nothing; response: HubView };
  hub_sync: { request: Nothing; response: HubView };
  hub_members: { request: Nothing; response: Array<MemberView> };
}
export type CommandName = keyof Commands;

/** What is out of date once a command has been done. */
export const OUT_OF_DATE = {
  account_first: ["system_status", "account_list"],
  password_change: ["system_status", "account_list"],
  account_save: ["system_status", "account_list"],
  account_unlock: ["system_status", "account_list"],
  person_save: ["person_find", "person_view", "retention_preview", "declaration_preview", "correction_preview", "correction_list", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_list", "breach_view", "harmless_list", "cash_desk", "receipt_list", "receipt_view", "vehicle_find", "vehicle_outside", "vehicle_book", "reconciliation_view", "report_run", "hub_status"],
  retention_propose: ["person_find", "person_view", "retention_preview", "retention_list", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_list", "breach_view", "harmless_list", "cash_desk", "cash_day", "receipt_list", "receipt_view", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "vehicle_find", "vehicle_outside", "vehicle_book", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  retention_decide: ["person_find", "person_view", "retention_preview", "retention_list", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_list", "breach_view", "harmless_list", "cash_desk", "cash_day", "receipt_list", "receipt_view", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "vehicle_find", "vehicle_outside", "vehicle_book", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  declaration_register: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_list", "breach_view", "harmless_list", "cash_day", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  exchange_register: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_list", "breach_view", "harmless_list", "cash_day", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  declaration_cancel: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_view", "cash_day", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  correction_make: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_list", "breach_view", "harmless_list", "cash_day", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  correction_decide: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_list", "breach_view", "harmless_list", "cash_day", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  declaration_step: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_list", "breach_view", "harmless_list", "cash_desk", "cash_day", "receipt_list", "receipt_view", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  breach_assign: ["overview", "breach_list", "breach_view", "harmless_list"],
  breach_decide: ["overview", "breach_list", "breach_view", "harmless_list"],
  breach_harmless: ["overview", "breach_list", "breach_view", "harmless_list"],
  breach_scan: ["overview", "breach_list", "breach_view", "harmless_list"],
  harmless_withdraw: ["overview", "breach_list", "breach_view", "harmless_list"],
  cash_open: ["overview", "cash_desk", "cash_day", "receipt_list", "receipt_view", "reconciliation_view", "reconciliation_period", "hub_status"],
  cash_close: ["overview", "cash_desk", "cash_day", "receipt_list", "receipt_view", "reconciliation_view", "reconciliation_period", "hub_status"],
  cash_acknowledge: ["overview", "cash_desk", "cash_day", "receipt_list", "receipt_view", "reconciliation_view", "reconciliation_period", "hub_status"],
  cash_hand_over: ["overview", "cash_desk", "cash_day", "receipt_list", "receipt_view", "reconciliation_view", "reconciliation_period", "hub_status"],
  receipt_cancel: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_view", "cash_desk", "cash_day", "receipt_list", "receipt_view", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  receipt_answer: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_view", "cash_desk", "cash_day", "receipt_list", "receipt_view", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  form_print: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_view", "cash_day", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  form_send: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_view", "cash_day", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  law_propose: ["system_status", "retention_preview", "commune_list", "goods_find", "price_view", "declaration_preview", "correction_preview", "overview", "breach_list", "breach_view", "cash_desk", "receipt_view", "law_kinds", "law_series", "law_rule", "law_changes", "law_check", "law_effect", "law_table_preview", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_run", "report_definitions"],
  law_approve: ["system_status", "retention_preview", "commune_list", "goods_find", "price_view", "declaration_preview", "correction_preview", "overview", "breach_list", "breach_view", "cash_desk", "receipt_view", "law_kinds", "law_series", "law_rule", "law_changes", "law_check", "law_effect", "law_table_preview", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_run", "report_definitions"],
  law_reject: ["system_status", "retention_preview", "commune_list", "goods_find", "price_view", "declaration_preview", "correction_preview", "overview", "breach_list", "breach_view", "cash_desk", "receipt_view", "law_kinds", "law_series", "law_rule", "law_changes", "law_check", "law_effect", "law_table_preview", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_run", "report_definitions"],
  law_table_take: ["system_status", "retention_preview", "commune_list", "goods_find", "price_view", "declaration_preview", "correction_preview", "overview", "breach_list", "breach_view", "cash_desk", "receipt_view", "law_kinds", "law_series", "law_rule", "law_changes", "law_check", "law_effect", "law_table_preview", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_run", "report_definitions"],
  gathering_save: ["gathering_form", "gathering_trader", "gathering_list", "gathering_view"],
  gathering_step: ["gathering_form", "gathering_trader", "gathering_list", "gathering_view"],
  gathering_cancel: ["gathering_form", "gathering_trader", "gathering_list", "gathering_view"],
  vehicle_register: ["vehicle_find", "vehicle_outside", "vehicle_book"],
  vehicle_strike_off: ["vehicle_find", "vehicle_outside", "vehicle_book"],
  vehicle_cross: ["vehicle_find", "vehicle_outside", "vehicle_book"],
  vehicle_extend: ["vehicle_find", "vehicle_outside", "vehicle_book"],
  barrier_save: ["reconciliation_view", "reconciliation_period"],
  barrier_import: ["reconciliation_view", "reconciliation_period"],
  difference_settle: ["reconciliation_view", "reconciliation_period"],
  settlement_answer: ["reconciliation_view", "reconciliation_period"],
  day_close: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_view", "cash_day", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  day_close_answer: ["person_find", "person_view", "retention_preview", "goods_find", "price_view", "declaration_preview", "correction_preview", "correction_list", "declaration_history", "declaration_list", "declaration_view", "declaration_queue", "overview", "breach_view", "cash_day", "law_check", "law_effect", "law_table_preview", "gathering_form", "gathering_list", "gathering_view", "reconciliation_view", "reconciliation_period", "report_daily", "report_run", "report_export", "hub_status"],
  report_save_definition: ["report_run", "report_definitions"],
  report_withdraw: ["report_run", "report_definitions"],
  anchor_make: ["anchor_list"],
  anchor_keep: ["anchor_list"],
  anchor_renew: ["anchor_list"],
} as const satisfies Partial<Record<CommandName, readonly CommandName[]>>;
