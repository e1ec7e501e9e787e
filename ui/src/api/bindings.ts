// The types of the command list in `bm-api`: requests, responses and the command map.
// Money is a string of whole VND, other decimals are strings, a day is YYYY-MM-DD, a time is
// RFC 3339 in UTC.

export type Direction = "import" | "export";
export type Language = "vi" | "en" | "zh";
export interface Violation {
  code: string;
  severity: "refuse" | "warn";
  field: string;
  basis: string;
  message: string;
}
export interface ApiError {
  code:
    | "not_signed_in"
    | "session_locked"
    | "not_permitted"
    | "wrong_credentials"
    | "not_found"
    | "refused"
    | "bad_request"
    | "stale"
    | "busy"
    | "broken";
  message: string;
  violations: Violation[];
}
export interface GateView {
  code: string;
  name: string;
  kind: string;
  parent: string;
}
export type Role = "officer" | "supervisor" | "branch" | "leader" | "administrator" | "operator";
export interface SystemStatus {
  version: string;
  demo_accounts: { user: string; password: string; role: Role }[];
  today: string;
  gates: GateView[];
}
export interface SessionView {
  token: string;
  user: string;
  display_name: string;
  role: Role;
  gate: string;
  gate_name: string;
  workstation: string;
  idle_lock_seconds: number;
}
export interface Scanned {
  paper_kind: string;
  number: string;
  old_number: string | null;
  name: string | null;
  born: string | null;
  sex: "male" | "female" | null;
  address: string | null;
}
export interface QuotaView {
  limit_vnd: string;
  used_today_vnd: string;
  left_today_vnd: string;
  trips_used: number;
  trips_limit: number;
  trips_today: number;
  basis: string;
}
export interface PersonHit {
  id: string;
  name: string;
  born: string;
  sex: string | null;
  papers: { kind: string; number: string }[];
  address: string;
  commune: string;
  commune_name: string;
  quota: QuotaView | null;
}
export interface PersonFind {
  reading: "qr" | "mrz" | "number" | "name" | "empty" | "unreadable";
  problems: Violation[];
  scanned: Scanned | null;
  matches: PersonHit[];
}
export interface PaperView {
  kind: string;
  number: string;
  issued: string | null;
  expires: string | null;
}
export interface PersonView {
  id: string;
  name: string;
  born: string;
  sex: string | null;
  address: string;
  commune: string;
  commune_name: string;
  basis: "permanent_residence" | "residence_permit";
  phone: string | null;
  papers: PaperView[];
  quota: QuotaView;
  month: { day: string; exempt_vnd: string; trips: number }[];
  history: DeclarationRow[];
}
export interface PersonSave {
  id: string | null;
  name: string;
  born: string;
  sex: string | null;
  address: string;
  commune: string;
  basis: string;
  phone: string | null;
  papers: PaperView[];
  reason: string;
}
export interface GoodsHit {
  hs: string;
  name: string;
  units: string[];
  on_list: boolean;
  mfn: string | null;
  reference_price_vnd: string | null;
  quarantine: string | null;
  usual: boolean;
}
export interface LineInput {
  hs: string;
  name: string;
  quantity: string;
  unit: string;
  weight_kg: string | null;
  unit_price: string;
  currency: string;
  origin: string;
  condition: "new" | "used";
  certificate: string | null;
}
export interface DraftInput {
  id: string;
  person: string | null;
  direction: Direction;
  exchange_of: string | null;
  lines: LineInput[];
  allocation: "entered" | "least_tax";
}
export interface LineAnswer {
  value_vnd: string;
  exempt_vnd: string;
  excess_vnd: string;
  duty_vnd: string;
  excise_vnd: string;
  environment_vnd: string;
  vat_vnd: string;
  duty_percent: string;
  vat_percent: string;
  rate: string | null;
}
export interface Answer {
  id: string;
  number: string | null;
  status: "registered" | "refused";
  value_vnd: string;
  exempt_vnd: string;
  excess_vnd: string;
  duty_vnd: string;
  excise_vnd: string;
  environment_vnd: string;
  vat_vnd: string;
  fee_vnd: string;
  total_due_vnd: string;
  inspection_required: boolean;
  trips_used: number;
  provisional: boolean;
  lines: LineAnswer[];
  violations: Violation[];
}
export interface DecisionView {
  decision: Answer;
  least_tax_due_vnd: string;
  entered_due_vnd: string;
}
export interface DeclarationRow {
  id: string;
  number: string;
  at: string;
  gate: string;
  direction: Direction;
  status: "registered" | "cancelled";
  person: string;
  person_name: string;
  value_vnd: string;
  exempt_vnd: string;
  excess_vnd: string;
  total_due_vnd: string;
  lines: number;
  goods: string;
}
export interface DeclarationList {
  rows: DeclarationRow[];
  forms: number;
  value_vnd: string;
  exempt_vnd: string;
  excess_vnd: string;
  total_due_vnd: string;
}
export interface DeclarationView {
  id: string;
  number: string;
  at: string;
  gate: string;
  gate_name: string;
  workstation: string;
  direction: Direction;
  status: string;
  officer: string;
  /** Display name of the account, for the signature. */
  officer_name: string;
  cancel_reason: string | null;
  person: PersonHit;
  allocation: string;
  lines: (LineInput & LineAnswer)[];
  answer: Answer;
}
export interface DirectionTotals {
  forms: number;
  residents: number;
  value_vnd: string;
  exempt_vnd: string;
  excess_vnd: string;
  duty_vnd: string;
  excise_vnd: string;
  environment_vnd: string;
  vat_vnd: string;
  fee_vnd: string;
  weight_kg: string;
  registered: number;
  released: number;
  refused: number;
  cancelled: number;
  pending: number;
}
export interface DailyReport {
  gate: string;
  gate_name: string;
  date: string;
  made_at: string;
  made_by: string;
  directions: { import: DirectionTotals; export: DirectionTotals };
}

type Nothing = Record<string, never>;

/** Every command: what it takes and what it answers. */
export interface Commands {
  system_status: { request: Nothing; response: SystemStatus };
  session_sign_in: {
    request: { user: string; password: string; gate: string; workstation: string };
    response: SessionView;
  };
  session_sign_out: { request: Nothing; response: null };
  session_lock: { request: Nothing; response: null };
  session_unlock: { request: { password: string }; response: null };
  person_find: { request: { text: string }; response: PersonFind };
  person_view: { request: { id: string }; response: PersonView };
  person_save: { request: PersonSave; response: PersonView };
  commune_list: { request: Nothing; response: CommuneView[] };
  goods_find: {
    request: { text: string; direction: Direction; person: string | null };
    response: GoodsHit[];
  };
  declaration_preview: { request: DraftInput; response: DecisionView };
  declaration_register: { request: DraftInput; response: Answer };
  declaration_cancel: { request: { id: string; reason: string }; response: null };
  declaration_list: { request: DeclarationListRequest; response: DeclarationList };
  declaration_view: { request: { id: string }; response: DeclarationView };
  report_daily: { request: { gate: string; day: string }; response: DailyReport };
  report_export: {
    request: { gate: string; day: string; format: "csv" | "xlsx" };
    response: { path: string };
  };
}

export interface CommuneView {
  code: string;
  name: string;
}
export interface DeclarationListRequest {
  gate: string;
  day: string;
  text: string;
  status: string | null;
  direction: Direction | null;
}
export type CommandName = keyof Commands;
