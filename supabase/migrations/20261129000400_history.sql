-- What happened to a contact, a company, a deal or a meeting is found by the record, as that to a lead is; that it was
-- made, by when. So whoever makes many pays for no further index.
create index events_changed_idx on crm.events (workspace_id, record_id, sequence)
  where resource in ('contacts', 'companies', 'deals', 'meetings') and action <> 'created';
