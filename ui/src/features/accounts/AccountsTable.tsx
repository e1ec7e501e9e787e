// Accounts as a table that arrows walk through and Enter opens.
import { type KeyboardEvent, useRef } from "react";
import type { AccountView } from "../../api/bindings";
import { useWords } from "../../i18n";

export function AccountsTable(props: {
  accounts: AccountView[];
  chosen: string | null;
  onChoose: (name: string) => void;
  onOpen: () => void;
}) {
  const { t } = useWords();
  const body = useRef<HTMLTableSectionElement>(null);
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
        {props.accounts.map((account, at) => (
          <tr
            key={account.name}
            data-testid={`account-${account.name}`}
            tabIndex={account.name === props.chosen || (props.chosen === null && at === 0) ? 0 : -1}
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
              <span className="tag" data-tone={account.active ? "good" : "warm"}>
                {t(account.active ? "accounts.active" : "accounts.closed")}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
