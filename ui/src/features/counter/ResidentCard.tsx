// Who stands at the counter, and what is left of their quota.
import type { PersonHit } from "../../api/bindings";
import { QuotaMeter } from "../../components/QuotaMeter";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import classes from "./Counter.module.css";

export function ResidentCard({ person, planned_vnd }: { person: PersonHit; planned_vnd: string }) {
  const { t, language } = useWords();
  return (
    <section className={`panel ${classes.resident}`} data-testid="resident">
      <div className={classes.person}>
        <h1 className={classes.name}>{person.name}</h1>
        <span>
          {formatDay(person.born, language)} ·{" "}
          {person.papers.map(({ number }) => number).join(", ")}
        </span>
        <span className="soft">
          {[person.address, person.commune_name].filter(Boolean).join(" · ")}
        </span>
      </div>
      {person.quota ? (
        <QuotaMeter quota={person.quota} planned_vnd={planned_vnd} />
      ) : (
        <span className="soft">{t("quota.unknown")}</span>
      )}
    </section>
  );
}
