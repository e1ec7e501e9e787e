// Accounts as a table that arrows walk through and Enter opens.
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { AccountView } from "../../api/bindings";
import { useWords } from "../../i18n";
import { formatTime } from "../../lib/dates";
import { focusSoon } from "../../lib/focus";

export function AccountsTable(props: {
  accounts: AccountView[];
  chosen: string | null;
  onChoose: (name: string) => void;
  onOpen: () => void;
}) {
  const { t } = useWords();
  const body = useRef<HTMLTableSectionElement>(null);
  const first = props.accounts[0]?.name;
  // The keys of the screen act on the marked account, so that one is marked from the start.
  useEffect(() => {
    if (first !== undefined) {
      focusSoon(`[data-testid="account-${first}"]`);
    }
  }, [first]);
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      body.current?.querySelectorAll<HTMLElement>("tr")[at + step]?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      props.onOpen();
    }
  };
  const state = ({ active, locked_until, must_change_password }: AccountView) => {
    if (!active) {
      return ["warm", t("accounts.closed")] as const;
    }
    if (locked_until) {
      const until = formatTime(locked_until);
      return ["refuse", t("accounts.locked", { until })] as const;
    }
    return must_change_password
      ? (["warm", t("accounts.mustChange")] as const)
      : (["good", t("accounts.active")] as const);
  };
  const duties = ({ role, duties: some }: AccountView) => {
    if (role !== "officer" && role !== "supervisor") {
      return "–";
    }
    return some.length === 0
      ? t("accounts.everyDuty")
      : some.map((duty) => t(`duties.${duty}`)).join(", ");
  };
  return (
    <table className="sheet">
      <thead>
        <tr>
          <th>{t("accounts.name")}</th>
          <th>{t("accounts.displayName")}</th>
          <th>{t("accounts.role")}</th>
          <th>{t("accounts.duties")}</th>
          <th>{t("accounts.state")}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {props.accounts.map((account, at) => {
          const [tone, words] = state(account);
          return (
            <tr
              key={account.name}
              data-testid={`account-${account.name}`}
              tabIndex={
                account.name === props.chosen || (props.chosen === null && at === 0) ? 0 : -1
              }
              aria-selected={account.name === props.chosen}
              onClick={() => props.onChoose(account.name)}
              onFocus={() => props.onChoose(account.name)}
              onKeyDown={(event) => onKeyDown(event, at)}
            >
              <td>
                <strong>{account.name}</strong>
              </td>
              <td>{account.display_name}</td>
              <td>{t(`roles.${account.role}`)}</td>
              <td>{duties(account)}</td>
              <td>
                <span className="tag" data-tone={tone}>
                  {words}
                </span>
                {account.wrong_tries > 0 && (
                  <span className="soft">
                    {" "}
                    {t("accounts.wrongTries", { count: account.wrong_tries })}
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
