import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { DeclarationView, DraftInput } from "../../api/bindings";
import { createClient } from "../../api/client";
import { chooseLanguage } from "../../i18n";
import { createFakeBackend } from "../../testing/fake-backend";
import { renderScreen } from "../../testing/render";
import { FormPage } from "./FormPage";

const DRAFT: DraftInput = {
  id: "form",
  person: "person-0",
  direction: "import",
  exchange_of: null,
  allocation: "entered",
  lines: [
    {
      hs: "61099010",
      name: "Áo phông dệt kim",
      quantity: "1234.5",
      unit: "kg",
      weight_kg: "1300",
      unit_price: "2.25",
      currency: "CNY",
      origin: "CN",
      condition: "new",
      certificate: null,
    },
  ],
};

/** The declaration as the server keeps it. */
async function declared(change: Partial<DraftInput> = {}): Promise<DeclarationView> {
  const client = createClient(createFakeBackend(), () => "vi");
  await client.call("declaration_register", { ...DRAFT, ...change });
  return client.call("declaration_view", { id: DRAFT.id });
}

const draw = (declaration: DeclarationView) =>
  renderScreen(<FormPage declaration={declaration} copy={1} copies={2} />).container;

/** The texts of one body row of a table. */
function rowOf(container: HTMLElement, table: number, row: number): (string | null)[] {
  const body = container.querySelectorAll("tbody")[table];
  return Array.from(body?.querySelectorAll("tr")[row]?.cells ?? [], (cell) => cell.textContent);
}

describe("the printed form", () => {
  it("bears the number, the time at the gate and the person", async () => {
    const declaration = await declared();
    const page = draw(declaration);
    expect(page).toHaveTextContent(`Số tờ khai: ${declaration.number}`);
    expect(page).toHaveTextContent("Đăng ký: 09:15 ngày 24/11/2026");
    expect(page).toHaveTextContent("Sinh ngày:10/03/1980");
    expect(page).toHaveTextContent("Bản chính 1/2");
    expect(screen.getAllByText("Nguyễn Thị Hòa")).toHaveLength(2);
  });

  it.each([
    ["import", "Mẫu HQ2019/TKNKBG", "TỜ KHAI HÀNG NHẬP KHẨU CƯ DÂN BIÊN GIỚI"],
    ["export", "Mẫu HQ2019/TKXKBG", "TỜ KHAI HÀNG XUẤT KHẨU CƯ DÂN BIÊN GIỚI"],
  ] as const)("is the statutory form of an %s", async (direction, code, title) => {
    draw(await declared({ direction }));
    expect(screen.getByText(code)).toBeVisible();
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(title);
  });

  it("writes every figure of a line as the server sent it, the Vietnamese way", async () => {
    const declaration = await declared();
    const page = draw(declaration);
    expect(rowOf(page, 0, 0)).toEqual([
      "1",
      "Áo phông dệt kim",
      "61099010",
      "CN",
      "1.234,5",
      "kg",
      "1.300",
      "2,25 CNY",
      "3.628,41",
      "10.078.362",
    ]);
    expect(rowOf(page, 1, 0)).toEqual([
      "1",
      "1.350.000",
      "8.728.362",
      "20%",
      "1.745.672",
      "0",
      "0",
      "8%",
      "837.923",
    ]);
    expect(page).toHaveTextContent("Tổng số tiền phải nộp: 2.583.595 đồng");
  });

  it("leaves the weight empty where none was declared", async () => {
    const [line] = DRAFT.lines as [DraftInput["lines"][0]];
    const page = draw(await declared({ lines: [{ ...line, weight_kg: null }] }));
    expect(rowOf(page, 0, 0)[6]).toBe("");
  });

  it("has a column for the exemption on purchases only", async () => {
    const bought = draw(await declared());
    expect(bought.querySelectorAll("thead")[1]).toHaveTextContent("Miễn thuế");
    const sold = draw(await declared({ direction: "export" }));
    expect(sold.querySelectorAll("thead")[1]).not.toHaveTextContent("Miễn thuế");
  });

  it("is Vietnamese whatever the language of the screen", async () => {
    const declaration = await declared();
    const before = draw(declaration).textContent;
    await chooseLanguage("zh");
    expect(draw(declaration).textContent).toBe(before);
    expect(before).toContain("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
  });

  it("bears the marks that were set, with names and times, in their places", async () => {
    const declaration = await declared();
    const before = draw(declaration);
    expect(before).toHaveTextContent("Kết quả kiểm tra: ……");
    expect(before).toHaveTextContent("Hàng qua biên giới lúc: ……");
    const mark = (name: string, at: string) => ({ by: "x", name, at });
    const page = draw({
      ...declaration,
      progress: {
        ...declaration.progress,
        inspected: {
          mark: mark("Phạm Văn Kiểm", "2026-11-24T03:00:00Z"),
          finding: "conforms",
          remark: "đủ 3 thùng",
        },
        taxed: mark("Lê Thị Thuế", "2026-11-24T03:10:00Z"),
        paid: {
          mark: mark("Lê Thị Thuế", "2026-11-24T03:12:00Z"),
          method: "cash",
          document: "BL 0000012",
        },
        released: mark("Vũ Văn Giám", "2026-11-24T03:20:00Z"),
      },
    });
    expect(page).toHaveTextContent("Kết quả kiểm tra: Đúng khai báo. đủ 3 thùng");
    expect(page).toHaveTextContent("nộp tiền số: BL 0000012 ngày 24/11/2026");
    expect(page).toHaveTextContent("Hàng qua khu vực giám sát lúc: 10:20 ngày 24/11/2026");
    const signed = (title: string) =>
      screen.getAllByText(title).map(({ parentElement }) => parentElement?.textContent);
    expect(signed("CÔNG CHỨC ĐĂNG KÝ").at(-1)).toMatch(/09:15 ngày 24\/11\/2026Trần Thị Lan$/);
    expect(signed("CÔNG CHỨC KIỂM TRA").at(-1)).toMatch(/10:00 ngày 24\/11\/2026Phạm Văn Kiểm$/);
    expect(signed("CÔNG CHỨC TÍNH THUẾ").at(-1)).toMatch(/10:10 ngày 24\/11\/2026Lê Thị Thuế$/);
    expect(signed("CÔNG CHỨC GIÁM SÁT").at(-1)).toMatch(/10:20 ngày 24\/11\/2026Vũ Văn Giám$/);
  });

  it("says so when the declaration was cancelled", async () => {
    const declaration = await declared();
    expect(draw(declaration)).not.toHaveTextContent("TỜ KHAI ĐÃ HỦY");
    expect(draw({ ...declaration, status: "cancelled" })).toHaveTextContent("TỜ KHAI ĐÃ HỦY");
  });
});
