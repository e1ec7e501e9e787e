// The four marks of a form: who set them and when, or what is still missing.
import type { DeclarationView, MarkView } from "../../api/bindings";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import { isPositive } from "../../lib/decimal";
import classes from "./Declarations.module.css";

interface Row {
  name: "registration" | "inspection" | "certificates" | "tax" | "supervision";
  mark: Pick<MarkView, "at" | "name"> | null;
  /** What there is to say beside or instead of the mark. */
  said: string | null;
  needed: boolean;
  done: boolean;
}

export function ProgressMarks({ declaration }: { declaration: DeclarationView }) {
  const { t, language } = useWords();
  const { progress } = declaration;
  const day = dayOf(declaration.at);
  const { inspected, presented, paid, taxed } = progress;
  const due = isPositive(declaration.answer.total_due_vnd);
  const when = (at: string) =>
    dayOf(at) === day ? formatTime(at) : `${formatTime(at)} ${formatDay(dayOf(at), language)}`;
  const certified = progress.certificates.map(({ line, text }) =>
    t("marks.certificate", { line: line + 1, text: text ?? t("marks.missing") }),
  );
  const conforms = inspected?.finding === "conforms";
  const rows: Row[] = [
    {
      name: "registration",
      mark: { at: declaration.at, name: declaration.officer_name },
      said: null,
      needed: true,
      done: true,
    },
    {
      name: "inspection",
      mark: conforms ? inspected.mark : null,
      said: inspected
        ? `${t(`steps.found.${inspected.finding}`)}${inspected.remark && `: ${inspected.remark}`}`
        : presented && t("marks.presented", { time: when(presented.at), name: presented.name }),
      needed: progress.needs_inspection,
      done: conforms,
    },
    {
      name: "certificates",
      mark: null,
      said: certified.join("; ") || null,
      needed: certified.length > 0,
      done: progress.certificates.every(({ text }) => text !== null),
    },
    {
      name: "tax",
      mark: taxed,
      said:
        paid &&
        t("marks.paid", {
          method: t(`steps.paidBy.${paid.method}`),
          document: paid.document,
          time: when(paid.mark.at),
          name: paid.mark.name,
        }),
      needed: due,
      done: paid !== null,
    },
    {
      name: "supervision",
      mark: progress.released,
      said: null,
      needed: true,
      done: progress.released !== null,
    },
  ];
  return (
    <dl className={classes.marks} data-testid="marks">
      {rows
        .filter(({ name, needed }) => needed || name !== "certificates")
        .map(({ name, mark, said, needed, done }) => (
          <div key={name} data-set={done} data-testid={`mark-${name}`}>
            <dt>{t(`marks.${name}`)}</dt>
            <dd>
              {mark && `${mark.name} · ${when(mark.at)}`}
              {!mark && !said && (needed ? t("marks.missing") : t("marks.notNeeded"))}
              {said && <span>{said}</span>}
            </dd>
          </div>
        ))}
    </dl>
  );
}
