// Accounts: who may sign in, in which role, with which parts of the work.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountSave, SessionView } from "../api/bindings";
import { useClient } from "../api/client";
import { messageOf, violationsOf } from "../api/errors";
import { useChanged } from "../api/queries";
import { Problem } from "../components/kit";
import { ScreenKeys } from "../components/ScreenKeys";
import { AccountDialog } from "../features/accounts/AccountDialog";
import classes from "../features/accounts/Accounts.module.css";
import { AccountsTable } from "../features/accounts/AccountsTable";
import { RetentionDialog } from "../features/retention/RetentionDialog";
import { useWords } from "../i18n";

export function AccountsScreen({ session }: { session: SessionView }) {
  const { t } = useWords();
  const client = useClient();
  const changed = useChanged();
  const [chosen, setChosen] = useState<string | null>(null);
  const [open, setOpen] = useState<"new" | "chosen" | null>(null);
  const accounts = useQuery({
    queryKey: ["account_list"],
    queryFn: () => client.call("account_list", {}),
  });
  const save = useMutation({
    mutationFn: (account: AccountSave) => client.call("account_save", account),
    onSuccess: () => {
      setOpen(null);
      void changed("account_save");
    },
  });
  const unlock = useMutation({
    mutationFn: (name: string) => client.call("account_unlock", { name }),
    onSuccess: () => void changed("account_unlock"),
  });
  const [retention, setRetention] = useState(false);
  const keeps = session.commands.includes("account_save");
  const retains = session.commands.includes("retention_list");
  const all = accounts.data ?? [];
  const account = all.find(({ name }) => name === chosen) ?? all[0] ?? null;
  const edit = (what: "new" | "chosen") => {
    if (keeps) {
      save.reset();
      setOpen(what);
    }
  };
  const tried = keeps && account !== null && account.wrong_tries > 0 ? account : null;
  const violations = violationsOf(save.error);
  return (
    <div className="screen">
      <div className={`screen-body ${classes.body}`}>
        <header>
          <h1>{t("accounts.title")}</h1>
          <p className="soft">{t(keeps ? "accounts.text" : "accounts.readOnly")}</p>
        </header>
        {accounts.isError && <Problem>{messageOf(accounts.error)}</Problem>}
        {unlock.isError && <Problem>{messageOf(unlock.error)}</Problem>}
        <div className="panel">
          <AccountsTable
            accounts={all}
            chosen={chosen}
            onChoose={setChosen}
            onOpen={() => edit("chosen")}
          />
        </div>
      </div>
      <ScreenKeys
        keys={[
          {
            key: "F2",
            label: t("accounts.add"),
            action: keeps ? () => edit("new") : undefined,
            inBar: keeps,
          },
          {
            key: "F3",
            label: t("keys.edit"),
            action: keeps && account ? () => edit("chosen") : undefined,
            inBar: keeps,
          },
          {
            key: "F4",
            label: t("accounts.unlock"),
            action: tried ? () => unlock.mutate(tried.name) : undefined,
            inBar: keeps,
          },
          {
            key: "F6",
            label: t("retention.key"),
            action: retains ? () => setRetention(true) : undefined,
            inBar: retains,
          },
          { key: "↑↓", label: t("keys.move"), inBar: false },
          { key: "Enter", label: t("keys.edit"), inBar: false },
        ]}
      />
      {retention && <RetentionDialog onClose={() => setRetention(false)} />}
      {open !== null && (
        <AccountDialog
          account={open === "chosen" ? account : null}
          busy={save.isPending}
          violations={violations}
          problem={save.isError && violations.length === 0 ? messageOf(save.error) : null}
          onSave={save.mutate}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
