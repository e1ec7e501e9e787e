// One account: who, which role, which parts of the work, and a new password where one is needed.
import { type FormEvent, useState } from "react";
import type { AccountSave, AccountView, Duty, Role, Violation } from "../../api/bindings";
import {
  Button,
  CheckField,
  ChoiceField,
  Dialog,
  Problem,
  SecretField,
  TextField,
} from "../../components/kit";
import { useWords } from "../../i18n";
import classes from "./Accounts.module.css";

const ROLES = ["officer", "supervisor", "branch", "leader", "administrator", "auditor"] as const;
const DUTIES = ["registration", "inspection", "tax", "cashier", "supervision"] as const;

export function AccountDialog(props: {
  /** The account to change; a new one when absent. */
  account: AccountView | null;
  busy: boolean;
  violations: Violation[];
  problem: string | null;
  onSave: (account: AccountSave) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const { account } = props;
  const [name, setName] = useState(account?.name ?? "");
  const [displayName, setDisplayName] = useState(account?.display_name ?? "");
  const [role, setRole] = useState<Role>(account?.role ?? "officer");
  const [active, setActive] = useState(account?.active ?? true);
  const [duties, setDuties] = useState<Duty[]>(account?.duties ?? []);
  const [password, setPassword] = useState("");
  const at = (field: string) => props.violations.find((one) => one.field === field)?.message;
  const works = role === "officer" || role === "supervisor";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!props.busy) {
      const assigned = works ? duties : [];
      props.onSave({ name, display_name: displayName, role, active, duties: assigned, password });
    }
  };
  return (
    <Dialog
      title={account ? t("accounts.editTitle", { name: account.name }) : t("accounts.newTitle")}
      opened
      onClose={props.onClose}
      closeLabel={t("dialog.close")}
      size="34rem"
    >
      <form className={classes.form} onSubmit={submit}>
        {account === null && (
          <TextField
            label={t("accounts.name")}
            value={name}
            onChange={setName}
            error={at("name")}
            testId="account-name"
            autoFocus
          />
        )}
        <TextField
          label={t("accounts.displayName")}
          value={displayName}
          onChange={setDisplayName}
          error={at("display_name")}
          testId="account-display-name"
          autoFocus={account !== null}
        />
        <ChoiceField
          label={t("accounts.role")}
          value={role}
          onChange={(next) => setRole(ROLES.find((known) => known === next) ?? role)}
          options={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
          error={at("role")}
          testId="account-role"
        />
        {works && (
          <fieldset className={classes.duties}>
            <legend>{t("accounts.duties")}</legend>
            {DUTIES.map((duty) => (
              <CheckField
                key={duty}
                label={t(`duties.${duty}`)}
                checked={duties.includes(duty)}
                onChange={(on) =>
                  setDuties(on ? [...duties, duty] : duties.filter((one) => one !== duty))
                }
                testId={`duty-${duty}`}
              />
            ))}
            <span className="soft">{t("accounts.dutiesHint")}</span>
          </fieldset>
        )}
        <SecretField
          label={t(account ? "accounts.newPassword" : "signin.password")}
          hint={t(account ? "accounts.passwordKept" : "accounts.passwordFirst")}
          value={password}
          onChange={setPassword}
          error={at("password")}
          testId="account-password"
        />
        <CheckField
          label={t("accounts.maySignIn")}
          checked={active}
          onChange={setActive}
          testId="account-active"
        />
        {props.problem !== null && <Problem>{props.problem}</Problem>}
        <div className={classes.buttons}>
          <Button hotkey="Esc" wide onClick={props.onClose}>
            {t("dialog.close")}
          </Button>
          <Button submit wide kind="primary" hotkey="Enter" busy={props.busy} testId="account-save">
            {t("keys.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
