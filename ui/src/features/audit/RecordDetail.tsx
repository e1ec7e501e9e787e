// A record whole: what it changed side by side, what it was done to, and its place in the chain.
import type { AuditAt, AuditGroup, AuditSubject } from "../../api/bindings";
import { messageOf } from "../../api/errors";
import { Problem } from "../../components/kit";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Audit.module.css";
import { useAuditRecord } from "./use-audit";

export function RecordDetail(props: {
  at: AuditAt | null;
  /** Everything done to a thing. */
  onFollow: (subject: AuditSubject) => void;
  /** A person's page. */
  onPerson: (id: string) => void;
}) {
  const { t, language } = useWords();
  const record = useAuditRecord(props.at);
  if (props.at === null) {
    return <p className="soft">{t("audit.choose")}</p>;
  }
  if (record.isError) {
    return <Problem>{messageOf(record.error)}</Problem>;
  }
  if (!record.data) {
    return <p className="soft">{t("app.loading")}</p>;
  }
  const { row, by_name, had_before, groups, more, subjects, hash, previous } = record.data;
  const changes = groups.some(({ fields }) => fields.length > 0);
  return (
    <div className={classes.record} data-testid="audit-record">
      <header>
        <h2>{row.label}</h2>
        <p>
          {formatTime(row.at)} {formatDay(dayOf(row.at), language)} · <strong>{by_name}</strong> (
          {row.by}){row.place && ` · ${row.place}`}
        </p>
        {row.note && <p>{row.note}</p>}
      </header>
      <ul className={classes.subjects} aria-label={t("audit.subjectShort")}>
        {subjects.map((subject) => (
          <li key={subject.id}>
            <button type="button" onClick={() => props.onFollow(subject)}>
              {t(`audit.of.${subject.kind}`)} {subject.name}
            </button>
            {subject.kind === "person" && (
              <button type="button" onClick={() => props.onPerson(subject.id)}>
                {t("audit.openPerson")}
              </button>
            )}
          </li>
        ))}
      </ul>
      {!changes && <p className="soft">{t("audit.noChange")}</p>}
      {groups.map((group, at) => (
        <Changes key={at} group={group} hadBefore={had_before} />
      ))}
      {more > 0 && <p className="soft">{t("audit.moreFields", { count: more })}</p>}
      <dl className={classes.chain}>
        <dt>{t("audit.position")}</dt>
        <dd>{t("audit.positionIs", { index: row.index, series: row.series })}</dd>
        <dt>{t("audit.hash")}</dt>
        <dd className={classes.hash}>{hash}</dd>
        <dt>{t("audit.previous")}</dt>
        <dd className={classes.hash}>{previous}</dd>
      </dl>
    </div>
  );
}

function Changes({ group, hadBefore }: { group: AuditGroup; hadBefore: boolean }) {
  const { t } = useWords();
  if (group.fields.length === 0) {
    return null;
  }
  return (
    <table className={`sheet ${classes.changes}`} data-testid="audit-changes">
      {group.title && <caption>{group.title}</caption>}
      <thead>
        <tr>
          <th scope="col">{t("audit.field")}</th>
          {hadBefore && <th scope="col">{t("audit.before")}</th>}
          <th scope="col">{hadBefore ? t("audit.after") : t("audit.value")}</th>
        </tr>
      </thead>
      <tbody>
        {group.fields.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {hadBefore && <td className={classes.before}>{before || "–"}</td>}
            <td className={hadBefore ? classes.after : undefined}>{after || "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
