// Drawing a list up: the trader, the place, and form after form by scan or number.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type RefObject, useState } from "react";
import type { Violation } from "../../api/bindings";
import { useClient } from "../../api/client";
import { DayField } from "../../components/DayField";
import { TextField } from "../../components/kit";
import { Refusal } from "../../components/Refusal";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { formatDecimal } from "../../lib/decimal";
import { focusSoon } from "../../lib/focus";
import { addForm, type ListDraft, saidElsewhere, saidOf } from "../../lib/gathering";
import classes from "./Gathering.module.css";

export function ListEditor(props: {
  draft: ListDraft;
  onDraft: (change: (draft: ListDraft) => ListDraft) => void;
  violations: Violation[];
  formBox: RefObject<HTMLDivElement | null>;
}) {
  const { t, language } = useWords();
  const client = useClient();
  const { draft, onDraft, violations } = props;
  const [form, setForm] = useState("");
  const add = useMutation({
    mutationFn: (text: string) => client.call("gathering_form", { text }),
    onSuccess: (found) => {
      if (!found.problems.some(({ severity }) => severity === "refuse")) {
        onDraft((held) => addForm(held, found));
        setForm("");
      }
    },
  });
  const trader = useMutation({
    mutationFn: (text: string) => client.call("gathering_trader", { text }),
    onSuccess: (known) => {
      if (known) {
        // What was typed meanwhile stays.
        onDraft((held) => ({
          ...held,
          name: held.name || known.name,
          address: held.address || known.address,
        }));
      }
    },
  });
  const put = (change: Partial<ListDraft>) => onDraft((held) => ({ ...held, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.trim() !== "" && !add.isPending) {
      add.mutate(form.trim());
    }
  };
  const nothingLeft =
    add.data && add.data.problems.length === 0 && add.data.lines.every(({ left }) => left === "0");
  return (
    <>
      <div className={classes.fields}>
        <TextField
          label={t("gathering.taxCode")}
          value={draft.taxCode}
          onChange={(taxCode) => {
            put({ taxCode });
            if (/^\d{10}(-?\d{3})?$|^\d{12}$/.test(taxCode.trim())) {
              trader.mutate(taxCode.trim());
            }
          }}
          error={saidOf(violations, "trader.tax_code")}
          testId="trader-tax-code"
          required
          autoFocus
        />
        <TextField
          label={t("gathering.trader")}
          value={draft.name}
          onChange={(name) => put({ name })}
          error={saidOf(violations, "trader.name")}
          testId="trader-name"
          required
        />
        <TextField
          label={t("gathering.address")}
          value={draft.address}
          onChange={(address) => put({ address })}
          error={saidOf(violations, "trader.address")}
          testId="trader-address"
          required
        />
      </div>
      <div className={classes.second}>
        <TextField
          label={t("gathering.place")}
          value={draft.place}
          onChange={(place) => put({ place })}
          error={saidOf(violations, "place")}
          testId="gather-place"
          required
        />
        <DayField
          label={t("gathering.day")}
          value={draft.day}
          onChange={(day) => put({ day })}
          error={saidOf(violations, "day")}
          testId="gather-day"
          required
        />
        <form onSubmit={submit}>
          <div ref={props.formBox}>
            <TextField
              label={t("gathering.addForm")}
              value={form}
              onChange={setForm}
              placeholder={t("gathering.addFormHint")}
              testId="gather-form"
            />
          </div>
        </form>
      </div>
      <div className={classes.notes}>
        <Refusal error={add.error} testId="form-refusal" />
        {add.data?.problems.map((one) => (
          <ViolationNote key={one.code} violation={one} />
        ))}
        {nothingLeft && <p data-testid="nothing-left">{t("gathering.nothingLeft")}</p>}
        {saidElsewhere(violations).map((one) => (
          <ViolationNote key={`${one.code} ${one.field}`} violation={one} />
        ))}
      </div>
      <section className={`panel ${classes.table}`} aria-label={t("field.goods")}>
        {draft.goods.length === 0 ? (
          <p className={classes.empty}>{t("gathering.noGoods")}</p>
        ) : (
          <table className="sheet">
            <thead>
              <tr>
                <th>{t("field.number")}</th>
                <th>{t("field.resident")}</th>
                <th>{t("field.goods")}</th>
                <th className="number">{t("gathering.available")}</th>
                <th className="number">{t("gathering.taken")}</th>
                <th>{t("field.unit")}</th>
              </tr>
            </thead>
            <tbody>
              {draft.goods.map((line, at) => {
                const wrong = saidOf(violations, `lines[${at}].quantity`);
                const change = (quantity: string) =>
                  onDraft((held) => ({
                    ...held,
                    goods: held.goods.map((one, row) => (row === at ? { ...one, quantity } : one)),
                  }));
                return (
                  <tr key={`${line.form} ${line.line} ${line.day}`}>
                    <td className="tight">{line.number}</td>
                    <td>{line.person}</td>
                    <td>
                      {line.goods}
                      {wrong && <span className={classes.wrong}>{wrong}</span>}
                    </td>
                    <td className="number">{formatDecimal(line.available, language)}</td>
                    <td className="number">
                      <input
                        className={classes.quantity}
                        aria-label={`${t("gathering.taken")}: ${line.goods}`}
                        aria-invalid={wrong !== null}
                        data-testid={`taken-${at}`}
                        value={line.quantity}
                        inputMode="decimal"
                        autoComplete="off"
                        onChange={(event) => change(event.currentTarget.value)}
                        onKeyDown={(event) => {
                          const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
                          if (to !== undefined && draft.goods[to]) {
                            event.preventDefault();
                            focusSoon(`[data-testid="taken-${to}"]`);
                          } else if (event.ctrlKey && event.key === "Delete") {
                            event.preventDefault();
                            put({ goods: draft.goods.filter((_, row) => row !== at) });
                            focusSoon(
                              draft.goods.length > 1
                                ? `[data-testid="taken-${Math.max(at - 1, 0)}"]`
                                : '[data-testid="gather-form"]',
                            );
                          }
                        }}
                      />
                    </td>
                    <td>{line.unit}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}
