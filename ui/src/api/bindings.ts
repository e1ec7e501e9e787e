// biome-ignore-all format: written from the command list in bm-api; UPDATE_BINDINGS=1 writes it again.
// Types of the command list. Money is a string of whole VND, other decimals are strings, a day is
// YYYY-MM-DD, a time is RFC 3339 in UTC.

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
/** A certificate, or why none is needed. */
export type CertificateView = {
  /** Line, from 0. */
  line: number;
  /** Its number or the reason; `None` while it is missing. */
  text: string | null;
};
/** A border commune. */
export type CommuneView = {
  /** Its code. */
  code: string;
  /** Its name. */
  name: string;
};
/** New or used: used consumer goods may not be imported. */
export type Condition = "new" | "used";
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
  /** The figures. */
  directions: Directions;
};
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
  /** Why it was cancelled, if it was. */
  cancel_reason: string | null;
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
export type Directions = {
  /** Purchases. */
  import: DirectionTotals;
  /** Sales. */
  export: DirectionTotals;
};
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
export type ErrorCode = "not_signed_in" | "session_locked" | "not_permitted" | "wrong_credentials" | "not_found" | "refused" | "bad_request" | "stale" | "busy" | "broken";
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
/** What can be put on paper. */
export type FormKind = "import_form" | "export_form" | "overlay" | "gathering_list" | "tracking_book" | "vehicle_book" | "receipt" | "alignment_page";
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
/** An eight-digit commodity code, written without points. */
export type HsCode = string;
/** The result of an inspection. */
export type InspectionView = {
  /** Who inspected, and when. */
  mark: MarkView;
  /** What was found. */
  finding: Finding;
  /** In words. */
  remark: string;
};
/** A language of the program. */
export type Language = "vi" | "en" | "zh";
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
/** A command that needs to be told nothing. */
export type Nothing = Record<string, never>;
/** A number as written: a JSON string, or a JSON number kept digit by digit. */
export type NumberText = string;
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
  /** How often it was printed. */
  printed: number;
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
/** A kind of report file. */
export type ReportFormat = "csv" | "xlsx";
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
/** Who works with the program (LAW notes 2.3; one account has one role). */
export type Role = "officer" | "supervisor" | "branch" | "leader" | "administrator" | "operator";
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
/** A form a printer took. */
export type SentForm = {
  /** What the print is. */
  mark: PrintMark;
  /** How often the form has been printed, this time included. */
  times: number;
};
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
  /** The commands it may give: a page shows the screens that have something to ask. */
  commands: CommandName[];
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
/** What a form waits for next, in the order of the process. */
export type Stage = "inspection" | "certificates" | "tax" | "payment" | "release" | "released";
/** Where a form stands. */
export type Status = "registered" | "refused" | "cancelled";
/** One step of an officer. */
export type Step = {
  "step": "order_inspection"
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
  /** Number of the receipt or payment slip. */
  document: string;
} | {
  "step": "release"
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
/** A step on a form. */
export type TakeStep = {
  /** The form. */
  id: string;
  /** The step. */
  step: Step;
};
/** A template to enter. */
export type TemplateSave = {
  /** Which form. */
  form: FormKind;
  /** First day it holds. */
  valid_from: string;
  /** Its text. */
  source: string;
  /** Paper it is printed on. */
  paper: PaperSize;
  /** How many originals. */
  copies: number;
  /** The text it comes from. */
  basis: string;
};
/** A template as it is held. */
export type TemplateView = {
  /** Which form. */
  form: FormKind;
  /** First day it holds. */
  valid_from: BusinessDay;
  /** Last day it holds; absent while it has no end. */
  valid_to: BusinessDay | null;
  /** Its text. */
  source: string;
  /** Paper it is printed on. */
  paper: PaperSize;
  /** How many originals. */
  copies: number;
  /** The text it comes from. */
  basis: string;
};
/** The password of a locked session's account. */
export type Unlock = {
  /** The password. */
  password: string;
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
  person_find: { request: PersonQuery; response: PersonFind };
  person_view: { request: ById; response: PersonView };
  person_save: { request: PersonSave; response: PersonView };
  commune_list: { request: Nothing; response: Array<CommuneView> };
  goods_find: { request: GoodsQuery; response: Array<GoodsHit> };
  declaration_preview: { request: DraftInput; response: DecisionView };
  declaration_register: { request: DraftInput; response: Answer };
  declaration_cancel: { request: Cancel; response: null };
  declaration_list: { request: DeclarationListRequest; response: DeclarationList };
  declaration_view: { request: ById; response: DeclarationView };
  declaration_step: { request: TakeStep; response: ProgressView };
  declaration_queue: { request: GateRequest; response: Array<QueueRow> };
  form_print: { request: FormPrint; response: PrintedFile };
  form_send: { request: FormSend; response: SentForm };
  printer_list: { request: Nothing; response: Array<string> };
  form_find: { request: PersonQuery; response: FoundFormView };
  alignment_print: { request: AlignmentPrint; response: PrintedFile };
  template_list: { request: Nothing; response: Array<TemplateView> };
  template_save: { request: TemplateSave; response: null };
  report_daily: { request: GateDay; response: DailyReport };
  report_export: { request: Export; response: ExportedFile };
}
export type CommandName = keyof Commands;

/** What is out of date once a command has been done. */
export const OUT_OF_DATE = {
  account_first: ["system_status", "account_list"],
  account_save: ["system_status", "account_list"],
  person_save: ["person_find", "person_view", "declaration_preview", "declaration_list", "declaration_view", "declaration_queue"],
  declaration_register: ["person_find", "person_view", "goods_find", "declaration_preview", "declaration_list", "declaration_view", "declaration_queue", "report_daily", "report_export"],
  declaration_cancel: ["person_find", "person_view", "goods_find", "declaration_preview", "declaration_list", "declaration_view", "declaration_queue", "report_daily", "report_export"],
  declaration_step: ["person_find", "person_view", "goods_find", "declaration_preview", "declaration_list", "declaration_view", "declaration_queue", "report_daily", "report_export"],
  form_print: ["person_find", "person_view", "goods_find", "declaration_preview", "declaration_list", "declaration_view", "declaration_queue", "report_daily", "report_export"],
  form_send: ["person_find", "person_view", "goods_find", "declaration_preview", "declaration_list", "declaration_view", "declaration_queue", "report_daily", "report_export"],
  template_save: ["system_status", "commune_list", "goods_find", "declaration_preview", "template_list"],
} as const satisfies Partial<Record<CommandName, readonly CommandName[]>>;
