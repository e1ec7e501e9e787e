// The workstations of the office as the hub knows them, those with trouble first.
import { useState } from "react";
import type { MemberView } from "../../api/bindings";
import { messageOf } from "../../api/errors";
import { Problem } from "../../components/kit";
import { MarkedTable } from "../../components/MarkedTable";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import { formatDecimal } from "../../lib/decimal";
import { lookAt, troubleFirst } from "../../lib/hub";
import { useNow } from "../../lib/now";
import { AgoText, ClockText } from "./figures";
import classes from "./Hub.module.css";
import { useHubMembers } from "./use-hub";

export function MemberTable(props: {
  active: boolean;
  /** Version of our own program. */
  version: string;
  /** The hub's clock less ours, in milliseconds. */
  offset_ms: number;
  /** What the window says above already. */
  told: string | null;
}) {
  const { t } = useWords();
  const members = useHubMembers(props.active);
  const now = useNow() + props.offset_ms;
  const [mark, setMark] = useState<string | null>(null);
  if (members.isError) {
    const message = messageOf(members.error);
    return (
      <section aria-label={t("hub.members")} data-testid="hub-members-problem">
        <h2>{t("hub.members")}</h2>
        <p>{t("hub.noMembers")}</p>
        {message !== props.told && <Problem>{message}</Problem>}
      </section>
    );
  }
  if (!members.data) {
    return <p className="soft">{t("hub.asking")}</p>;
  }
  const rows = troubleFirst(members.data, now, props.version);
  const marked = rows.find(({ series }) => series === mark) ?? rows[0];
  return (
    <section className={classes.members} aria-label={t("hub.members")}>
      <h2>{t("hub.members")}</h2>
      <div className={classes.scroll}>
        <MarkedTable
          rows={rows.map((member) => ({ ...member, id: member.series }))}
          marked={marked?.series ?? null}
          testId="hub-member"
          onMark={setMark}
          head={
            <>
              <th scope="col">{t("hub.member.name")}</th>
              <th scope="col">{t("hub.member.seen")}</th>
              <th scope="col">{t("hub.member.version")}</th>
              <th scope="col" className="number">
                {t("hub.member.held")}
              </th>
              <th scope="col" className="number">
                {t("hub.member.unsent")}
              </th>
              <th scope="col" className="number">
                {t("hub.member.behind")}
              </th>
              <th scope="col">{t("hub.member.clock")}</th>
            </>
          }
          cells={(member) => <Cells member={member} now={now} version={props.version} />}
        />
      </div>
    </section>
  );
}

/** A number nobody has to look at when it is 0. */
function Count({ of }: { of: number }) {
  const { language } = useWords();
  return (
    <td className={`number ${of > 0 ? classes.some : "soft"}`}>
      {formatDecimal(String(of), language)}
    </td>
  );
}

function Cells({ member, now, version }: { member: MemberView; now: number; version: string }) {
  const { t, language } = useWords();
  const look = lookAt(member, now, version);
  return (
    <>
      <td className={member.own ? classes.own : undefined}>
        {member.name} {member.own && <span className="tag">{t("hub.member.own")}</span>}{" "}
        {member.lost && (
          <span className="tag" data-tone="refuse">
            {t("hub.member.lost")}
          </span>
        )}
      </td>
      <td className="tight">
        <span className={look.silent ? classes.wrong : undefined}>
          <AgoText ms={now - Date.parse(member.seen)} />
        </span>{" "}
        <span className="soft">
          {formatTime(member.seen)} {formatDay(dayOf(member.seen), language)}
        </span>
      </td>
      <td className="tight">
        {member.version}{" "}
        {look.version && (
          <span className="tag" data-tone="warm">
            {t("hub.member.otherVersion")}
          </span>
        )}
      </td>
      <td className="number">{formatDecimal(String(member.held), language)}</td>
      <Count of={member.unsent} />
      <Count of={member.behind} />
      <td className="tight">
        <ClockText offset_ms={member.clock_offset_ms} short />
      </td>
    </>
  );
}
