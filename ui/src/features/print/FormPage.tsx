// Form HQ2019/TKNKBG (import) or HQ2019/TKXKBG (export), Circular 80/2019/TT-BTC.
// Its words are Vietnamese whatever the language of the screen; black on white in any theme.
import type { DeclarationView, MarkView } from "../../api/bindings";
import { formWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import { formatDecimal } from "../../lib/decimal";
import classes from "./FormPage.module.css";
import { GoodsTable, TaxTable } from "./FormTables";

export function FormPage(props: { declaration: DeclarationView; copy: number; copies: number }) {
  const t = formWords();
  const { declaration } = props;
  const isImport = declaration.direction === "import";
  const day = formatDay(dayOf(declaration.at), "vi");
  const { inspected, paid, taxed, released } = declaration.progress;
  const on = (at: string) => ({ time: formatTime(at), day: formatDay(dayOf(at), "vi") });
  return (
    <article className={classes.page} lang="vi">
      <header className={classes.top}>
        <div>
          <strong>{declaration.region_title.toUpperCase() || t("form.customs")}</strong>
          <span>
            {declaration.office_title || t("form.office", { gate: declaration.gate_name })}
          </span>
        </div>
        <div>
          <strong>{t("form.nation")}</strong>
          <span>{t("form.motto")}</span>
        </div>
        <div className={classes.code}>
          <strong>{isImport ? t("form.codeImport") : t("form.codeExport")}</strong>
          <span>{t("form.copy", { copy: props.copy, copies: props.copies })}</span>
        </div>
      </header>
      <div className={classes.heading}>
        <div className={classes.title}>
          <h1>{isImport ? t("form.titleImport") : t("form.titleExport")}</h1>
          <p>
            <strong>{t("form.number", { number: declaration.number })}</strong>
          </p>
          <p>{t("form.registeredAt", { time: formatTime(declaration.at), day })}</p>
          {declaration.status === "cancelled" && (
            <p className={classes.cancelled}>{t("form.cancelled")}</p>
          )}
        </div>
        <Signature
          title={t("form.registrar")}
          hint={t("form.signHint")}
          mark={{ name: declaration.officer_name, at: declaration.at }}
        />
      </div>
      <h2>{t("form.partResident")}</h2>
      <Resident declaration={declaration} />
      <GoodsTable declaration={declaration} />
      <div className={classes.truth}>
        <p>{t("form.truth")}</p>
        <Signature
          title={t("form.declarant")}
          hint={t("form.declarantHint")}
          name={declaration.person.name}
        />
      </div>
      <h2>{isImport ? t("form.partTax") : t("form.partTaxExport")}</h2>
      <TaxTable declaration={declaration} />
      <div className={classes.truth}>
        <div>
          <p>
            <strong>
              {t("form.total", { amount: formatDecimal(declaration.answer.total_due_vnd, "vi") })}
            </strong>
          </p>
          <p>
            {paid
              ? t("form.receiptOf", { document: paid.document, day: on(paid.mark.at).day })
              : t("form.receipt")}
          </p>
        </div>
        <Signature title={t("form.taxOfficer")} hint={t("form.signHint")} mark={taxed} />
      </div>
      <div className={classes.parts}>
        <section>
          <h2>{t("form.partCheck")}</h2>
          <p>
            {inspected ? t("form.resultOf", { finding: finding(inspected) }) : t("form.result")}
          </p>
          <Signature
            title={t("form.inspector")}
            hint={t("form.signHint")}
            mark={inspected?.mark ?? null}
          />
        </section>
        <section>
          <h2>{t("form.partExit")}</h2>
          <p>{released ? t("form.exitOf", on(released.at)) : t("form.exitTime")}</p>
          <Signature title={t("form.supervisor")} hint={t("form.signHint")} mark={released} />
        </section>
      </div>
    </article>
  );
}

function Resident({ declaration }: { declaration: DeclarationView }) {
  const t = formWords();
  const { person } = declaration;
  const facts = [
    [t("field.name"), person.name],
    [t("form.born"), formatDay(person.born, "vi")],
    [t("form.paper"), person.papers.map(({ number }) => number).join(", ")],
    [t("form.address"), person.address],
    [t("form.commune"), person.commune_name],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}:</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What an inspection found, with the inspector's remark. */
function finding({ finding, remark }: NonNullable<DeclarationView["progress"]["inspected"]>) {
  const t = formWords();
  return [t(`steps.found.${finding}`), remark].filter((text) => text !== "").join(". ");
}

/** A place to sign; where the mark is set already, who set it and when. */
function Signature(props: {
  title: string;
  hint: string;
  name?: string;
  mark?: Pick<MarkView, "at" | "name"> | null;
}) {
  const t = formWords();
  const { mark } = props;
  return (
    <div className={classes.signature}>
      <strong>{props.title}</strong>
      <em>{props.hint}</em>
      {mark && (
        <small>
          {t("form.signedAt", {
            time: formatTime(mark.at),
            day: formatDay(dayOf(mark.at), "vi"),
          })}
        </small>
      )}
      <span>{mark?.name ?? props.name}</span>
    </div>
  );
}
