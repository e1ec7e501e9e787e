// One resident: details, papers, quota, the month's use, and every declaration.
import { useState } from "react";
import type { PersonView } from "../../api/bindings";
import { DeclarationRows } from "../../components/DeclarationRows";
import { Button } from "../../components/kit";
import { QuotaMeter } from "../../components/QuotaMeter";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import { MonthStrip } from "./MonthStrip";
import { Papers } from "./Papers";
import classes from "./Residents.module.css";

export function ResidentPage(props: {
  person: PersonView;
  /** Absent for those who only read. */
  onEdit: (() => void) | null;
  onOpen: (declaration: string) => void;
}) {
  const { t, language } = useWords();
  const { person } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <>
      <div className={classes.columns}>
        <section className={`panel ${classes.card}`}>
          <header className={classes.head}>
            <h1>{person.name}</h1>
            {props.onEdit && (
              <Button hotkey="F3" onClick={props.onEdit}>
                {t("person.edit")}
              </Button>
            )}
          </header>
          <dl className={classes.facts}>
            <dt>{t("field.born")}</dt>
            <dd>{formatDay(person.born, language)}</dd>
            <dt>{t("field.sex")}</dt>
            <dd>
              {person.sex === "male" || person.sex === "female"
                ? t(`sex.${person.sex}`)
                : t("sex.unknown")}
            </dd>
            <dt>{t("field.commune")}</dt>
            <dd>{person.commune_name}</dd>
            <dt>{t("field.address")}</dt>
            <dd>{person.address}</dd>
            <dt>{t("field.basis")}</dt>
            <dd>{t(`basis.${person.basis}`)}</dd>
            <dt>{t("field.phone")}</dt>
            <dd>{person.phone ?? "–"}</dd>
          </dl>
        </section>
        <div className={classes.side}>
          <section className={`panel ${classes.card}`}>
            <QuotaMeter quota={person.quota} />
            <h2 className={classes.subhead}>{t("person.month")}</h2>
            <MonthStrip days={person.month} limit_vnd={person.quota.limit_vnd} />
          </section>
          <section className={`panel ${classes.card}`}>
            <h2>{t("person.papers")}</h2>
            <Papers papers={person.papers} />
          </section>
        </div>
      </div>
      <section className={`panel ${classes.history}`}>
        <h2 className={classes.title}>{t("person.history")}</h2>
        {person.history.length === 0 ? (
          <p className={classes.hint}>{t("person.noHistory")}</p>
        ) : (
          <DeclarationRows
            rows={person.history}
            chosen={chosen}
            onChoose={setChosen}
            onOpen={props.onOpen}
            of="person"
          />
        )}
      </section>
    </>
  );
}
