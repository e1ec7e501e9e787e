// A log in memory: three records of one form and its person, and anchors that are made and taken in.
import type {
  AnchorView,
  ApiError,
  AuditDetail,
  AuditRow,
  AuditSubject,
  CommandName,
  Commands,
  Violation,
} from "../api/bindings";
import { paperOf } from "./fake-print";

type Fail = (code: ApiError["code"], message: string, violations?: Violation[]) => never;
type Handled =
  | "audit_kinds"
  | "audit_search"
  | "audit_view"
  | "anchor_list"
  | "anchor_make"
  | "anchor_keep"
  | "anchor_export"
  | "anchor_print"
  | "anchor_renew";
type Handlers = {
  [K in Extract<CommandName, Handled>]: (
    request: Commands[K]["request"],
  ) => Commands[K]["response"];
};

const SERIES = "00000000-0000-0000-0000-000000007e57";
const FORM: AuditSubject = { kind: "form", id: "form-1", name: "MC26-000001" };
const PERSON: AuditSubject = { kind: "person", id: "person-0", name: "…00000000" };

function record(index: number, kind: string, label: string, more: Partial<AuditRow>): AuditRow {
  return {
    series: SERIES,
    index,
    at: `2026-11-24T02:${String(10 + index)}:00Z`,
    by: "lan",
    place: "MONGCAI/Q1",
    kind,
    label,
    subject: FORM,
    more: 0,
    note: "",
    ...more,
  };
}

export const LOG: AuditRow[] = [
  record(3, "corrected", "Sửa tờ khai", { note: "sửa · cân lại" }),
  record(2, "person_saved", "Nhập, sửa cư dân", { subject: PERSON, note: "tên sai dấu" }),
  record(1, "registered", "Đăng ký tờ khai", { more: 1, by: "hung" }),
];

const PAGE = 2;

function detail(row: AuditRow): AuditDetail {
  const changed = row.kind !== "registered";
  return {
    row,
    by_name: "Trần Thị Lan",
    had_before: changed,
    groups: [
      {
        title: "",
        fields: changed
          ? [{ label: "Dòng hàng 1 · Số lượng", before: "10", after: "12" }]
          : [{ label: "Cửa khẩu", before: "", after: "MONGCAI" }],
      },
    ],
    more: 0,
    subjects: row.subject ? [row.subject] : [],
    hash: "ab".repeat(32),
    previous: "cd".repeat(32),
  };
}

function anchor(day: string, part: Partial<AnchorView>): AnchorView {
  return {
    id: `anchor-${day}`,
    ours: true,
    day,
    made: `${day}T10:00:00Z`,
    by: "lan",
    office: "Móng Cái",
    roots: [{ series: SERIES, index: 120, records: 14, hash: "9f0c 11aa" }],
    key: "3b3b 0c0c",
    answer: "holds",
    message: `Neo ngày ${day}: nhật ký còn nguyên như đã ký.`,
    fine: true,
    ...part,
  };
}

export function auditHandlers(fail: Fail): Handlers {
  let anchors: AnchorView[] = [];
  const violation = (code: string, field: string, message: string): Violation => ({
    code,
    severity: "refuse",
    field,
    basis: "",
    message,
  });
  return {
    audit_kinds: () => LOG.map(({ kind, label }) => ({ kind, label })),
    audit_search: ({ subject, by, kind, from, next }) => {
      if (/[^\d\- :]/.test(from)) {
        const wrong = violation("value_unknown", "from", `Giá trị “${from}” không hợp lệ.`);
        fail("refused", "Chưa thực hiện được.", [wrong]);
      }
      const of = [FORM, PERSON].find(({ id, name }) => id === subject || name === subject) ?? null;
      const rows = LOG.filter(
        (row) =>
          (subject === "" || row.subject?.id === of?.id) &&
          (by === "" || row.by === by) &&
          (kind === "" || row.kind === kind),
      );
      const begin = Number(next ?? 0);
      const page = rows.slice(begin, begin + PAGE);
      return {
        subject: of,
        rows: page,
        next: begin + PAGE < rows.length ? String(begin + PAGE) : null,
        read_to: page.at(-1)?.at ?? null,
      };
    },
    audit_view: ({ index }) => {
      const row = LOG.find((one) => one.index === index);
      return row ? detail(row) : fail("not_found", "Không tìm thấy.");
    },
    anchor_list: () => anchors,
    anchor_make: ({ day }) => {
      const made = anchor(day, {});
      anchors = [made, ...anchors];
      return made;
    },
    anchor_keep: ({ text }) => {
      if (!text.includes("bienmau-anchor-1")) {
        const message = "Đây không phải neo, hoặc neo đã bị sửa.";
        fail("refused", message, [violation("anchor_forged", "text", message)]);
      }
      const kept = anchor("2026-11-23", {
        ours: false,
        office: "Hoành Mô",
        answer: "contradicts",
        message: "Neo của Hoành Mô mâu thuẫn với neo đã giữ.",
        fine: false,
      });
      anchors = [...anchors, kept];
      return kept;
    },
    anchor_export: ({ id }) => ({ path: `/home/officer/BienMau/${id}.json` }),
    anchor_print: ({ id }) => paperOf(id),
    anchor_renew: () => null,
  };
}
