// The other books of the fake server: lists of gathered goods and vehicles. It knows little law.
import type {
  ApiError,
  CommandName,
  Commands,
  CrossingView,
  GatherableForm,
  GatheringView,
  VehicleView,
  Violation,
} from "../api/bindings";
import { paperOf } from "./fake-print";

type Fail = (code: ApiError["code"], message: string, violations?: Violation[]) => never;
type BookCommand = Extract<CommandName, `gathering_${string}` | `vehicle_${string}`>;
type Books = {
  [K in BookCommand]: (request: Commands[K]["request"]) => Commands[K]["response"];
};

const MARK = { at: "2026-11-24T02:45:00Z", by: "lan", name: "Trần Thị Lan" };
const GATE_NAME = "Cửa khẩu quốc tế Móng Cái";
const says = (code: string, message: string, field: string): Violation => ({
  code,
  severity: "refuse",
  field,
  basis: "",
  message,
});

/** Two released forms of one line each, and one that is not released. */
const FORMS: Record<string, GatherableForm> = Object.fromEntries(
  [1, 2, 3].map((n) => {
    const number = `MONGCAI/2026/NK/Q1-00000${n}`;
    return [
      number,
      {
        id: `form-${n}`,
        number,
        gate: "MONGCAI",
        day: "2026-11-24",
        person_name: `Nguyễn Thị Hoa ${n}`,
        lines: [
          { line: 0, hs: "39241010", name: "Bát nhựa", unit: "kg", quantity: "100", left: "100" },
        ],
        problems:
          n === 3 ? [says("gathered_form_pending", "Tờ khai chưa thông quan.", "form")] : [],
      },
    ];
  }),
);

const NO_SUMS = {
  value_vnd: "0",
  duty_vnd: "0",
  excise_vnd: "0",
  environment_vnd: "0",
  vat_vnd: "0",
  total_vnd: "0",
  paid_by_resident_vnd: "0",
};

export function createFakeBooks(fail: Fail): Books {
  const lists = new Map<string, GatheringView>();
  const vehicles = new Map<string, VehicleView>();
  const away = new Map<string, CrossingView>();
  const past: CrossingView[] = [];
  const list = (id: string) => lists.get(id) ?? fail("not_found", "Không có bảng kê này.");
  const keep = (view: GatheringView) => {
    lists.set(view.id, view);
    return view;
  };
  const plateOf = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const find = (plate: string) => ({
    plate,
    vehicle: vehicles.get(plate) ?? null,
    away: away.get(plate) ?? null,
    history: [away.get(plate), ...past]
      .filter((one) => one !== undefined)
      .filter((one) => one.plate === plate),
    problems: vehicles.has(plate)
      ? []
      : [says("vehicle_unregistered", `Biển số ${plate} chưa đăng ký.`, "plate")],
  });
  return {
    gathering_form: ({ text }) =>
      FORMS[text] ??
      fail("refused", "Không làm được.", [
        says("gathered_form_unknown", "Không tìm thấy tờ khai này.", "form"),
      ]),
    gathering_trader: ({ text }) =>
      text === "0100112437"
        ? { name: "Công ty An Phát", address: "Móng Cái", tax_code: text }
        : null,
    gathering_save: (input) => {
      const wrong = input.lines.flatMap((line, at) =>
        Number(line.quantity) > 100
          ? [says("gathered_too_much", "Chỉ còn 100 kg.", `lines[${at}].quantity`)]
          : [],
      );
      if (input.trader.name === "") {
        wrong.push(says("field_required", "Ô này còn trống.", "trader.name"));
      }
      if (wrong.length > 0) fail("refused", "Không lập được.", wrong);
      const value = input.lines.reduce((sum, line) => sum + Number(line.quantity) * 1000, 0);
      const duty = value * 0.22;
      const tax = {
        ...NO_SUMS,
        value_vnd: String(value),
        duty_vnd: String(duty),
        total_vnd: String(duty),
      };
      return keep({
        id: input.id,
        number: `MONGCAI/2026/MG/Q1-00000${lists.size + 1}`,
        gate: "MONGCAI",
        gate_name: GATE_NAME,
        trader: input.trader,
        place: input.place,
        stage: "draft",
        day: input.day,
        last_day: "2026-12-24",
        days_left: 30,
        lines: input.lines.length,
        forms: input.lines.length,
        total_vnd: null,
        goods: input.lines.map((line) => {
          const form = Object.values(FORMS).find(({ id }) => id === line.form);
          return {
            form: line.form,
            number: form?.number ?? "",
            form_day: "2026-11-24",
            person_name: form?.person_name ?? "",
            person_paper: "••••4321",
            line: line.line,
            hs: "39241010",
            name: "Bát nhựa",
            origin: "CN",
            quantity: line.quantity,
            unit: "kg",
            available: "100",
            unit_price: "1000",
            currency: "VND",
            day: input.day,
            assessed: null,
          };
        }),
        sums: tax,
        assessed_on: "2026-11-24",
        violations: [],
        filed: null,
        declaration: "",
        late_reason: "",
        taxed: null,
        paid: null,
        released: null,
        cancelled: null,
        cancel_reason: "",
      });
    },
    gathering_step: ({ id, step }) => {
      const held = list(id);
      const common = { days_left: null };
      switch (step.step) {
        case "file":
          if ((held.days_left ?? 0) < 0 && !step.reason) {
            fail("refused", "Không nhận được.", [
              says("gathering_reason_needed", "Lãnh đạo ghi lý do thì mới nhận.", "reason"),
            ]);
          }
          return keep({
            ...held,
            ...common,
            stage: "filed",
            filed: MARK,
            declaration: step.declaration ?? "",
            late_reason: step.reason ?? "",
            total_vnd: held.sums.total_vnd,
          });
        case "confirm_tax":
          return keep({ ...held, stage: "taxed", taxed: MARK });
        case "pay":
          return keep({
            ...held,
            stage: "paid",
            paid: { mark: MARK, method: step.method, document: step.document },
          });
        case "release":
          return keep({ ...held, stage: "released", released: MARK });
      }
    },
    gathering_cancel: ({ id, reason }) =>
      keep({
        ...list(id),
        stage: "cancelled",
        days_left: null,
        cancelled: MARK,
        cancel_reason: reason,
      }),
    gathering_list: ({ all, text }) =>
      [...lists.values()].filter(
        ({ stage, trader }) =>
          (all || (stage !== "released" && stage !== "cancelled")) &&
          trader.name.toLowerCase().includes((text ?? "").toLowerCase()),
      ),
    gathering_view: ({ id }) => list(id),
    gathering_export: ({ id, format }) => ({ path: `/home/officer/BienMau/${id}.${format}` }),
    gathering_print: ({ id }) => paperOf(`gathering ${id}`),
    vehicle_find: ({ text }) => find(plateOf(text)),
    vehicle_register: ({ id, plate: typed, kind, owner, year }) => {
      const plate = plateOf(typed);
      if (kind === "handcart") {
        fail("refused", "Không đăng ký được.", [
          says("handcart_not_registered", "Xe kéo không phải đăng ký.", "kind"),
        ]);
      }
      vehicles.set(plate, {
        id,
        number: `MONGCAI/${year}/PT/Q1-000001`,
        gate: "MONGCAI",
        gate_name: GATE_NAME,
        plate,
        kind,
        owner,
        owner_name: "Nguyễn Thị Hoa",
        owner_paper: "••••4321",
        owner_address: "Hoành Mô",
        from: "2026-11-24",
        to: "2026-12-31",
        registered: MARK,
        struck_off: null,
        strike_reason: "",
        holds: true,
      });
      return find(plate);
    },
    vehicle_strike_off: ({ id, reason }) => {
      const held = [...vehicles.values()].find((one) => one.id === id);
      if (!held) return fail("not_found", "Không có phương tiện này.");
      vehicles.set(held.plate, {
        ...held,
        holds: false,
        struck_off: MARK,
        strike_reason: reason,
      });
      return find(held.plate);
    },
    vehicle_cross: ({ plate, way, reason }) => {
      const held = vehicles.get(plate);
      const gone = away.get(plate);
      if (way === "back" && gone) {
        if (gone.gate !== "MONGCAI" && !reason) {
          fail("refused", "Không ghi được.", [
            says("vehicle_other_gate", "Phải vào qua cửa khẩu đã ra.", "gate"),
          ]);
        }
        away.delete(plate);
        past.unshift({ ...gone, back: MARK, back_gate: "MONGCAI", back_reason: reason ?? "" });
      } else if (held) {
        away.set(plate, {
          id: `away-${plate}`,
          plate,
          kind: held.kind,
          owner_name: held.owner_name,
          gate: plate === "14C99999" ? "HOANHMO" : "MONGCAI",
          gate_name: GATE_NAME,
          left: MARK,
          reason: "",
          due: held.kind === "truck" ? "2026-11-26T02:45:00Z" : null,
          late: false,
          extended: [],
          back: null,
          back_gate: "",
          back_reason: "",
        });
      }
      return find(plate);
    },
    vehicle_extend: ({ id, hours, reason }) => {
      const gone = [...away.values()].find((one) => one.id === id);
      if (!gone) return fail("not_found", "Không có lượt này.");
      const longer = { ...gone, extended: [...gone.extended, { mark: MARK, hours, reason }] };
      away.set(gone.plate, longer);
      return longer;
    },
    vehicle_outside: () => [...away.values()],
    vehicle_book: ({ gate, year }) => ({
      gate,
      gate_name: GATE_NAME,
      year,
      made_at: MARK.at,
      made_by: MARK.name,
      rows: [...vehicles.values()],
    }),
    vehicle_export: ({ gate, year, format }) => ({
      path: `/home/officer/BienMau/vehicles-${gate}-${year}.${format}`,
    }),
    vehicle_print: ({ gate, year }) => paperOf(`vehicles ${gate} ${year}`),
  };
}
