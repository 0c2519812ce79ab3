/**
 * Lumenbase
 * 1.0.0
 * DO NOT MODIFY - This file has been generated using oazapfts.
 * See https://www.npmjs.com/package/oazapfts
 */
import * as Oazapfts from "@oazapfts/runtime";
import * as QS from "@oazapfts/runtime/query";
export const defaults: Oazapfts.Defaults<Oazapfts.CustomHeaders> = {
    headers: {},
    baseUrl: "/functions/v1"
};
const oazapfts = Oazapfts.runtime(defaults);
export const servers = {
    theFunctionsOfThisDeployment: "/functions/v1"
};
export type FieldError = {
    /** Path, such as `email` or `contacts[3].email`. */
    field: string;
    /** What is wrong, and what would be right. */
    message: string;
};
export type Meta = {
    /** Also the header `X-Request-Id`. */
    request_id: string;
    api_version: "1";
    timestamp: string;
};
export type ValidationError = {
    success: boolean;
    error: {
        code: "VALIDATION_ERROR";
        /** For people; it may change. */
        message: string;
        details: {
            fields: FieldError[];
        };
    };
    meta: Meta;
};
export type Unauthorized = {
    success: boolean;
    error: {
        code: "UNAUTHORIZED";
        /** For people; it may change. */
        message: string;
    };
    meta: Meta;
};
export type Forbidden = {
    success: boolean;
    error: {
        code: "FORBIDDEN";
        /** For people; it may change. */
        message: string;
        details?: {
            required_scope: string;
        };
    };
    meta: Meta;
};
export type NotFound = {
    success: boolean;
    error: {
        code: "NOT_FOUND";
        /** For people; it may change. */
        message: string;
    };
    meta: Meta;
};
export type MethodNotAllowed = {
    success: boolean;
    error: {
        code: "METHOD_NOT_ALLOWED";
        /** For people; it may change. */
        message: string;
        details: {
            allowed: string[];
        };
    };
    meta: Meta;
};
export type RateLimitExceeded = {
    success: boolean;
    error: {
        code: "RATE_LIMIT_EXCEEDED";
        /** For people; it may change. */
        message: string;
        details: {
            limit: "requests_per_minute";
        };
    };
    meta: Meta;
};
export type ConnectorLimitReached = {
    success: boolean;
    error: {
        code: "RATE_LIMIT_EXCEEDED";
        /** For people; it may change. */
        message: string;
        details: {
            limit: "connector_requests_per_minute";
        };
    };
    meta: Meta;
};
export type InternalError = {
    success: boolean;
    error: {
        code: "INTERNAL_ERROR";
        /** For people; it may change. */
        message: string;
    };
    meta: Meta;
};
export type ServiceUnavailable = {
    success: boolean;
    error: {
        code: "SERVICE_UNAVAILABLE";
        /** For people; it may change. */
        message: string;
    };
    meta: Meta;
};
export type ActivityType = string;
export type EmailAddress = string;
export type Domain = string;
export type RecordId = string;
export type Time = string;
export type CreateActivityBody = {
    "type": ActivityType;
    entity_email?: EmailAddress | null;
    entity_domain?: Domain | null;
    entity_id?: RecordId | null;
    title?: string | null;
    description?: string | null;
    timestamp?: Time | null;
    data?: object | null;
};
export type Timestamp = string;
export type ActivityWouldBeCreated = {
    dry_run: true;
    outcome: "created";
    record: {
        "type": string;
        title: string | null;
        description: string | null;
        timestamp: Timestamp;
        data: {
            [key: string]: any;
        };
        contact_id: string | null;
        company_id: string | null;
        deal_id: string | null;
        unmatched: ("entity_email" | "entity_domain" | "entity_id")[];
    };
};
export type DeliveryTaken = {
    delivery_id: string;
    /** - `accepted`: it became a record; told to the holder of a token
    - `ignored`: the connector skips such events; see `reason`
    - `test`: the sender called it a test
    - `duplicate`: it was accepted before, as this delivery
    - `failed`: nobody can be identified by it, see `error`; told to the holder of a token, as no other try would do better */
    status: "accepted" | "ignored" | "test" | "duplicate" | "failed";
    reason?: string;
    error?: {
        code: "VALIDATION_ERROR" | "UNAUTHORIZED" | "FORBIDDEN" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "CONFLICT" | "IDEMPOTENCY_KEY_REUSED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "RATE_LIMIT_EXCEEDED" | "INTERNAL_ERROR" | "SERVICE_UNAVAILABLE";
        message: string;
        fields?: FieldError[];
        limit?: string;
    };
    /** The fields that could not be read as they were sent: what was sent is in the message, and the record was made without them. */
    warnings?: {
        field: string;
        message: string;
    }[];
};
export type DeliveryResult = {
    /** The event's place, from 0. */
    index: number;
    delivery_id: string;
    /** - `created`: a record was made
    - `updated`: a contact was changed
    - `accepted`: either of these, as the holder of a token is told
    - `ignored`: the connector skips such events; see `reason`
    - `test`: the sender called it a test
    - `duplicate`: it was accepted before, as this delivery
    - `failed`: see `error`; it is kept, and can be replayed */
    status: "created" | "updated" | "accepted" | "ignored" | "test" | "duplicate" | "failed";
    id?: RecordId;
    reason?: string;
    error?: {
        code: "VALIDATION_ERROR" | "UNAUTHORIZED" | "FORBIDDEN" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "CONFLICT" | "IDEMPOTENCY_KEY_REUSED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "RATE_LIMIT_EXCEEDED" | "INTERNAL_ERROR" | "SERVICE_UNAVAILABLE";
        message: string;
        fields?: FieldError[];
        limit?: string;
    };
    /** The fields that could not be read as they were sent: what was sent is in the message, and the record was made without them. */
    warnings?: {
        field: string;
        message: string;
    }[];
};
export type DeliveryResults = {
    /** In the order of the events. */
    results: DeliveryResult[];
    summary: {
        total: number;
        failed: number;
    };
};
export type ActivityEventWouldCreate = {
    dry_run: true;
    /** The sender's own id of the event, by which its retries are recognised. */
    event_id: string | null;
    /** What the field map and the defaults give. */
    mapped: object;
    /** The fields that could not be read as they were sent: what was sent is in the message, and the record was made without them. */
    warnings?: {
        field: string;
        message: string;
    }[];
    /** The place of one of several events. */
    index?: number;
    outcome: "created";
    record: {
        "type": string;
        title: string | null;
        description: string | null;
        timestamp: Timestamp;
        data: {
            [key: string]: any;
        };
        contact_id: string | null;
        company_id: string | null;
        deal_id: string | null;
        unmatched: ("entity_email" | "contact_phone" | "contact_id" | "contact_first_name" | "contact_last_name" | "entity_domain" | "company_name" | "company_id" | "entity_id" | "deal_title")[];
        /** The fields that could not be read as they were sent: what was sent is in the message, and the record was made without them. */
        warnings?: {
            field: string;
            message: string;
        }[];
    };
};
export type EventWouldBeIgnored = {
    dry_run: true;
    /** - `ignored`: the connector skips such events; see `reason`
    - `test`: the sender called it a test */
    outcome: "ignored" | "test";
    reason?: string;
    /** The sender's own id of the event, by which its retries are recognised. */
    event_id: string | null;
    /** The place of one of several events. */
    index?: number;
};
export type ContactEventWouldCreate = {
    dry_run: true;
    /** The sender's own id of the event, by which its retries are recognised. */
    event_id: string | null;
    /** What the field map and the defaults give. */
    mapped: object;
    matched_by?: "email" | "phone" | "id";
    /** The fields that could not be read as they were sent: what was sent is in the message, and the record was made without them. */
    warnings?: {
        field: string;
        message: string;
    }[];
    /** The place of one of several events. */
    index?: number;
    outcome: "created";
    record: {
        first_name: string | null;
        last_name: string | null;
        email: string | null;
        phone: string | null;
        title: string | null;
        company_id: string | null;
        source: string | null;
        status: string;
        signal_strength: number | null;
    };
};
export type FieldChange = {
    "from": any;
    to: any;
};
export type Contact = {
    id: string;
    first_name: string | null;
    last_name: string | null;
    email: string | null;
    phone: string | null;
    title: string | null;
    company_id: string | null;
    source: string | null;
    status: string;
    signal_strength: number | null;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type ContactEventWouldUpdate = {
    dry_run: true;
    /** The sender's own id of the event, by which its retries are recognised. */
    event_id: string | null;
    /** What the field map and the defaults give. */
    mapped: object;
    matched_by?: "email" | "phone" | "id";
    /** The fields that could not be read as they were sent: what was sent is in the message, and the record was made without them. */
    warnings?: {
        field: string;
        message: string;
    }[];
    /** The place of one of several events. */
    index?: number;
    outcome: "updated" | "unchanged";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: Contact;
};
export type EventRehearsals = {
    dry_run: true;
    results: (ContactEventWouldCreate | ContactEventWouldUpdate | ActivityEventWouldCreate | EventWouldBeIgnored | {
        index: number;
        outcome: "failed";
        error: {
            code: "VALIDATION_ERROR" | "UNAUTHORIZED" | "FORBIDDEN" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "CONFLICT" | "IDEMPOTENCY_KEY_REUSED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "RATE_LIMIT_EXCEEDED" | "INTERNAL_ERROR" | "SERVICE_UNAVAILABLE";
            message: string;
            fields?: FieldError[];
            limit?: string;
        };
    })[];
};
export type CreatedActivity = {
    id: string;
    "type": string;
    title: string | null;
    description: string | null;
    timestamp: Timestamp;
    data: {
        [key: string]: any;
    };
    contact_id: string | null;
    company_id: string | null;
    deal_id: string | null;
    created_at: Timestamp;
    unmatched: ("entity_email" | "entity_domain" | "entity_id")[];
};
export type DeliveredActivity = {
    id: string;
    "type": string;
    title: string | null;
    description: string | null;
    timestamp: Timestamp;
    data: {
        [key: string]: any;
    };
    contact_id: string | null;
    company_id: string | null;
    deal_id: string | null;
    created_at: Timestamp;
    unmatched: ("entity_email" | "contact_phone" | "contact_id" | "contact_first_name" | "contact_last_name" | "entity_domain" | "company_name" | "company_id" | "entity_id" | "deal_title")[];
    delivery_id: string;
    /** The fields that could not be read as they were sent: what was sent is in the message, and the record was made without them. */
    warnings?: {
        field: string;
        message: string;
    }[];
};
export type DeliveryFailed = {
    success: boolean;
    error: {
        code: "VALIDATION_ERROR";
        /** For people; it may change. */
        message: string;
        details: {
            fields?: FieldError[];
            delivery_id: RecordId;
        } | {
            /** In the order of the events. */
            results: DeliveryResult[];
            summary: {
                total: number;
                failed: number;
            };
        };
    };
    meta: Meta;
};
export type IdempotencyKeyReused = {
    success: boolean;
    error: {
        code: "IDEMPOTENCY_KEY_REUSED";
        /** For people; it may change. */
        message: string;
        details: {
            fields: FieldError[];
        };
    };
    meta: Meta;
};
export type DeliveryConflict = {
    success: boolean;
    error: {
        code: "CONFLICT";
        /** For people; it may change. */
        message: string;
        details: {
            fields: FieldError[];
            delivery_id?: RecordId;
        };
    };
    meta: Meta;
};
export type PayloadTooLarge = {
    success: boolean;
    error: {
        code: "PAYLOAD_TOO_LARGE";
        /** For people; it may change. */
        message: string;
        details: {
            max_bytes: 51200 | 512000;
        };
    };
    meta: Meta;
};
export type UnsupportedMediaType = {
    success: boolean;
    error: {
        code: "UNSUPPORTED_MEDIA_TYPE";
        /** For people; it may change. */
        message: string;
    };
    meta: Meta;
};
export type DailyLimitReached = {
    success: boolean;
    error: {
        code: "RATE_LIMIT_EXCEEDED";
        /** For people; it may change. */
        message: string;
        details: {
            /** - `contacts_per_day`: new contacts in a UTC day
            - `activities_per_day`: new activities in a UTC day */
            limit: "contacts_per_day" | "activities_per_day";
        };
    };
    meta: Meta;
};
export type DeliveryOverLimit = {
    success: boolean;
    error: {
        code: "RATE_LIMIT_EXCEEDED";
        /** For people; it may change. */
        message: string;
        details: {
            /** - `contacts_per_day`: new contacts in a UTC day
            - `activities_per_day`: new activities in a UTC day */
            limit: "contacts_per_day" | "activities_per_day";
            delivery_id: RecordId;
        } | {
            /** In the order of the events. */
            results: DeliveryResult[];
            summary: {
                total: number;
                failed: number;
            };
        };
    };
    meta: Meta;
};
export type LookupFailed = {
    success: boolean;
    error: {
        code: "SERVICE_UNAVAILABLE";
        /** For people; it may change. */
        message: string;
        details: {
            delivery_id: RecordId;
        } | {
            /** In the order of the events. */
            results: DeliveryResult[];
            summary: {
                total: number;
                failed: number;
            };
        };
    };
    meta: Meta;
};
export type ItemReference = {
    ref: string;
};
export type ActivityItem = {
    action?: "create" | "upsert";
    data: {
        "type": ActivityType;
        entity_email?: EmailAddress | null;
        entity_domain?: Domain | null;
        entity_id?: RecordId | null | ItemReference;
        title?: string | null;
        description?: string | null;
        timestamp?: Time | null;
        data?: object | null;
    };
    resource?: "activities";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
} | {
    action: "delete";
    id: RecordId;
    resource?: "activities";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
};
export type WebAddress = string;
export type PhoneNumber = string;
export type Country = string;
export type CompanyItem = {
    action?: "create" | "upsert";
    data: {
        name: string;
        domain?: Domain | null;
        industry?: string | null;
        size?: string | null;
        website?: WebAddress | null;
        phone?: PhoneNumber | null;
        city?: string | null;
        state?: string | null;
        country?: Country | null;
        status?: string;
    };
    resource?: "companies";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
} | {
    action: "update" | "upsert";
    id: RecordId;
    data: {
        name?: string;
        domain?: Domain | null;
        industry?: string | null;
        size?: string | null;
        website?: WebAddress | null;
        phone?: PhoneNumber | null;
        city?: string | null;
        state?: string | null;
        country?: Country | null;
        status?: string;
    };
    resource?: "companies";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
} | {
    action: "delete";
    id: RecordId;
    resource?: "companies";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
};
export type Amount = number;
export type Currency = string;
export type Date = string;
export type DealItem = {
    action?: "create" | "upsert";
    data: {
        title: string;
        value?: Amount | null;
        currency?: Currency;
        stage?: string;
        status?: string;
        probability?: number | null;
        expected_close_date?: Date | null;
        company_id?: RecordId | null | ItemReference;
        contact_id?: RecordId | null | ItemReference;
        pipeline_id?: RecordId | ItemReference;
        assigned_to?: RecordId | null;
    };
    resource?: "deals";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
} | {
    action: "update" | "upsert";
    id: RecordId;
    data: {
        title?: string;
        value?: Amount | null;
        currency?: Currency;
        stage?: string;
        status?: string;
        probability?: number | null;
        expected_close_date?: Date | null;
        company_id?: RecordId | null | ItemReference;
        contact_id?: RecordId | null | ItemReference;
        pipeline_id?: RecordId | ItemReference;
        assigned_to?: RecordId | null;
    };
    resource?: "deals";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
} | {
    action: "delete";
    id: RecordId;
    resource?: "deals";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
};
export type TaskItem = {
    action?: "create" | "upsert";
    data: {
        title: string;
        description?: string | null;
        status?: string;
        priority?: "low" | "medium" | "high" | "urgent";
        due_date?: Date | null;
        assigned_to?: RecordId | null;
        contact_id?: RecordId | null | ItemReference;
        company_id?: RecordId | null | ItemReference;
        deal_id?: RecordId | null | ItemReference;
    };
    resource?: "tasks";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
} | {
    action: "update" | "upsert";
    id: RecordId;
    data: {
        title?: string;
        description?: string | null;
        status?: string;
        priority?: "low" | "medium" | "high" | "urgent";
        due_date?: Date | null;
        assigned_to?: RecordId | null;
        contact_id?: RecordId | null | ItemReference;
        company_id?: RecordId | null | ItemReference;
        deal_id?: RecordId | null | ItemReference;
    };
    resource?: "tasks";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
} | {
    action: "delete";
    id: RecordId;
    resource?: "tasks";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
};
export type InvoiceItem = {
    action?: "create" | "upsert";
    data?: {
        invoice_number?: string;
        status?: "draft" | "sent" | "paid" | "overdue" | "cancelled";
        issue_date?: Date;
        due_date?: Date | null;
        subtotal?: Amount;
        tax_amount?: Amount;
        total?: Amount;
        currency?: Currency;
        company_id?: RecordId | null | ItemReference;
        contact_id?: RecordId | null | ItemReference;
        deal_id?: RecordId | null | ItemReference;
        notes?: string | null;
        line_items?: {
            description: string;
            quantity: Amount;
            unit_price: Amount;
            amount?: Amount;
            tax_rate?: Amount | null;
        }[];
    };
    resource?: "invoices";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
} | {
    action: "update" | "upsert";
    id: RecordId;
    data: {
        invoice_number?: string;
        status?: "draft" | "sent" | "paid" | "overdue" | "cancelled";
        issue_date?: Date;
        due_date?: Date | null;
        subtotal?: Amount;
        tax_amount?: Amount;
        total?: Amount;
        currency?: Currency;
        company_id?: RecordId | null | ItemReference;
        contact_id?: RecordId | null | ItemReference;
        deal_id?: RecordId | null | ItemReference;
        notes?: string | null;
        line_items?: {
            description: string;
            quantity: Amount;
            unit_price: Amount;
            amount?: Amount;
            tax_rate?: Amount | null;
        }[];
    };
    resource?: "invoices";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
} | {
    action: "delete";
    id: RecordId;
    resource?: "invoices";
    /** A name for the item, which later items can refer to and the result repeats. */
    client_ref?: string;
};
export type BatchActivitiesBody = {
    items: (ActivityItem | (CompanyItem & any) | (DealItem & any) | (TaskItem & any) | (InvoiceItem & any))[];
    options?: {
        stop_on_error?: boolean;
        atomic?: boolean;
    };
};
export type BatchItemResult = {
    /** The item's place, from 0. */
    index: number;
    /** - `created`: a record was made
    - `updated`: a record was changed
    - `unchanged`: in a dry run, the record has these values already
    - `deleted`: the record was deleted
    - `failed`: see `error`
    - `skipped`: not tried, or undone, since another item failed */
    status: "created" | "updated" | "unchanged" | "deleted" | "failed" | "skipped";
    id?: RecordId;
    client_ref?: string;
    /** In a dry run, what would change. */
    changes?: {
        [key: string]: FieldChange;
    };
    error?: {
        code: "VALIDATION_ERROR" | "UNAUTHORIZED" | "FORBIDDEN" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "CONFLICT" | "IDEMPOTENCY_KEY_REUSED" | "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "RATE_LIMIT_EXCEEDED";
        message: string;
        fields?: FieldError[];
        /** - `contacts_per_day`: new contacts in a UTC day
        - `activities_per_day`: new activities in a UTC day */
        limit?: "contacts_per_day" | "activities_per_day";
    };
};
export type BatchSummary = {
    total: number;
    created: number;
    updated: number;
    unchanged: number;
    deleted: number;
    failed: number;
    skipped: number;
};
export type BatchResult = {
    /** In the order of the items. */
    results: BatchItemResult[];
    summary: BatchSummary;
};
export type NothingWritten = {
    success: boolean;
    error: {
        code: "VALIDATION_ERROR";
        /** For people; it may change. */
        message: string;
        details: {
            results: BatchItemResult[];
            summary: BatchSummary;
        };
    };
    meta: Meta;
};
export type BatchLimitReached = {
    success: boolean;
    error: {
        code: "RATE_LIMIT_EXCEEDED";
        /** For people; it may change. */
        message: string;
        details: {
            /** - `contacts_per_day`: new contacts in a UTC day
            - `activities_per_day`: new activities in a UTC day */
            limit: "contacts_per_day" | "activities_per_day";
            results: BatchItemResult[];
            summary: BatchSummary;
        };
    };
    meta: Meta;
};
export type Activity = {
    id: string;
    "type": string;
    title: string | null;
    description: string | null;
    timestamp: Timestamp;
    data: {
        [key: string]: any;
    };
    contact_id: string | null;
    company_id: string | null;
    deal_id: string | null;
    created_at: Timestamp;
};
export type Pagination = {
    page: number;
    per_page: number;
    /** Records that match, on all pages. */
    total: number;
    total_pages: number;
    /** Sent back as `cursor`, continues the list; null on the last page. */
    next_cursor: string | null;
};
export type ActivityPage = {
    items: Activity[];
    pagination: Pagination;
};
export type Deleted = {
    deleted: true;
    id: string;
};
export type ActivityWouldBeDeleted = {
    dry_run: true;
    outcome: "deleted";
    id: string;
    record: Activity;
};
export type Key = {
    id: string;
    name: string;
    api: "lumenbase" | "leadhub" | "crm" | "lio";
    prefix: string;
    scopes: string[];
    allowed_ips: string[] | null;
    allowed_domains: string[] | null;
    rate_limit: number | null;
    state: "active" | "rotating" | "expired" | "revoked";
    created_at: Timestamp;
    expires_at: Timestamp | null;
    revoked_at: Timestamp | null;
    last_used_at: Timestamp | null;
    rotated_to: string | null;
};
export type KeyPage = {
    items: Key[];
    pagination: Pagination;
};
export type CreateKeyBody = {
    name: string;
    api?: "lumenbase" | "leadhub" | "crm" | "lio";
    scopes: ("contacts:read" | "contacts:write" | "companies:read" | "companies:write" | "deals:read" | "deals:write" | "tasks:read" | "tasks:write" | "invoices:read" | "invoices:write" | "activities:read" | "activities:write" | "events:read" | "read" | "admin" | "contact_ingest" | "activity_ingest" | "read:leads" | "write:leads" | "read:pipelines" | "write:pipelines" | "read:tags" | "write:tags" | "read:users" | "write:users" | "read:forms" | "write:forms" | "read:automations" | "write:automations" | "read:integrations" | "write:integrations" | "delete:leads" | "delete:users" | "delete:forms" | "delete:automations" | "read:crm" | "write:crm" | "leads:write" | "leads:read" | "web_forms")[];
    expires_at?: Time | null;
    allowed_ips?: string[] | null;
    allowed_domains?: string[] | null;
    rate_limit?: number | null;
};
export type KeyWouldBeCreated = {
    dry_run: true;
    outcome: "created";
    record: {
        name: string;
        api: "lumenbase" | "leadhub" | "crm" | "lio";
        scopes: string[];
        allowed_ips: string[] | null;
        allowed_domains: string[] | null;
        rate_limit: number | null;
        state: "active" | "rotating" | "expired" | "revoked";
        expires_at: Timestamp | null;
        revoked_at: Timestamp | null;
        last_used_at: Timestamp | null;
        rotated_to: string | null;
    };
};
export type CreatedKey = {
    id: string;
    name: string;
    api: "lumenbase" | "leadhub" | "crm" | "lio";
    prefix: string;
    scopes: string[];
    allowed_ips: string[] | null;
    allowed_domains: string[] | null;
    rate_limit: number | null;
    state: "active" | "rotating" | "expired" | "revoked";
    created_at: Timestamp;
    expires_at: Timestamp | null;
    revoked_at: Timestamp | null;
    last_used_at: Timestamp | null;
    rotated_to: string | null;
    key: string;
};
export type KeyWouldBeUpdated = {
    dry_run: true;
    outcome: "updated" | "unchanged";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: Key;
};
export type RotateKeyBody = {
    overlap_hours?: number;
};
export type RotatedKey = {
    id: string;
    name: string;
    api: "lumenbase" | "leadhub" | "crm" | "lio";
    prefix: string;
    scopes: string[];
    allowed_ips: string[] | null;
    allowed_domains: string[] | null;
    rate_limit: number | null;
    state: "active" | "rotating" | "expired" | "revoked";
    created_at: Timestamp;
    expires_at: Timestamp | null;
    revoked_at: Timestamp | null;
    last_used_at: Timestamp | null;
    rotated_to: string | null;
    key: string;
    previous_key_expires_at: Timestamp;
};
export type NotRotatable = {
    success: boolean;
    error: {
        code: "CONFLICT";
        /** For people; it may change. */
        message: string;
        details: {
            fields: FieldError[];
        };
    };
    meta: Meta;
};
export type Company = {
    id: string;
    name: string;
    domain: string | null;
    industry: string | null;
    size: string | null;
    website: string | null;
    phone: string | null;
    city: string | null;
    state: string | null;
    country: string | null;
    status: string;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type CompanyPage = {
    items: Company[];
    pagination: Pagination;
};
export type CreateCompanyBody = {
    name: string;
    domain?: Domain | null;
    industry?: string | null;
    size?: string | null;
    website?: WebAddress | null;
    phone?: PhoneNumber | null;
    city?: string | null;
    state?: string | null;
    country?: Country | null;
    status?: string;
};
export type CompanyWouldBeCreated = {
    dry_run: true;
    outcome: "created";
    record: {
        name: string;
        domain: string | null;
        industry: string | null;
        size: string | null;
        website: string | null;
        phone: string | null;
        city: string | null;
        state: string | null;
        country: string | null;
        status: string;
    };
};
export type CompanyWouldBeUpdated = {
    dry_run: true;
    outcome: "updated" | "unchanged";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: Company;
};
export type UpdateCompanyBody = {
    name?: string;
    domain?: Domain | null;
    industry?: string | null;
    size?: string | null;
    website?: WebAddress | null;
    phone?: PhoneNumber | null;
    city?: string | null;
    state?: string | null;
    country?: Country | null;
    status?: string;
};
export type Conflict = {
    success: boolean;
    error: {
        code: "CONFLICT";
        /** For people; it may change. */
        message: string;
        details: {
            fields: FieldError[];
        };
    };
    meta: Meta;
};
export type CompanyWouldBeDeleted = {
    dry_run: true;
    outcome: "deleted";
    id: string;
    record: Company;
};
export type BatchCompaniesBody = {
    items: (CompanyItem | (DealItem & any) | (TaskItem & any) | (InvoiceItem & any) | (ActivityItem & any))[];
    options?: {
        stop_on_error?: boolean;
        atomic?: boolean;
    };
};
export type RecordIds = {
    /** The id of the record in this API. */
    id: string;
    /** The id of the record in LIO. */
    "number": number;
};
export type ConnectedAccount = {
    id: string;
    provider: "slack" | "hubspot" | "google" | "microsoft" | "gmail" | "outlook" | "smtp";
    user_id: string | null;
    settings: {
        [key: string]: any;
    };
    from_address: string | null;
    from_name: string | null;
    is_default: boolean;
    is_active: boolean;
    status: "connected" | "error";
    last_error: string | null;
    connected_at: Timestamp;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type ConnectedAccountPage = {
    items: ConnectedAccount[];
    pagination: Pagination;
};
export type CreateConnectedAccountBody = {
    provider: "slack" | "hubspot" | "google" | "microsoft";
    /** Whose calendar it is, of google and microsoft; the workspace's unless given. */
    user_id?: RecordId | null;
    client_id?: string | null;
    expires_at?: Time | null;
    /** Where Slack shows notifications. */
    channel?: string | null;
};
export type CreateConnectedAccountBodyWrite = {
    provider: "slack" | "hubspot" | "google" | "microsoft";
    /** Whose calendar it is, of google and microsoft; the workspace's unless given. */
    user_id?: RecordId | null;
    access_token: string;
    refresh_token?: string | null;
    client_id?: string | null;
    client_secret?: string | null;
    expires_at?: Time | null;
    /** Where Slack shows notifications. */
    channel?: string | null;
};
export type ConnectedAccountWouldBeCreated = {
    dry_run: true;
    outcome: "created";
    record: {
        provider: "slack" | "hubspot" | "google" | "microsoft" | "gmail" | "outlook" | "smtp";
        user_id: string | null;
        settings: {
            [key: string]: any;
        };
        from_address: string | null;
        from_name: string | null;
        is_default: boolean;
        is_active: boolean;
        status: "connected" | "error";
        last_error: string | null;
        connected_at: Timestamp;
    };
};
export type ConnectedAccountWouldBeUpdated = {
    dry_run: true;
    outcome: "updated" | "unchanged";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: ConnectedAccount;
};
export type ConnectedAccountWouldBeDeleted = {
    dry_run: true;
    outcome: "deleted";
    id: string;
    record: ConnectedAccount;
};
export type OfferedConsents = {
    items: {
        provider: "gmail" | "outlook" | "google" | "microsoft" | "teams";
        /** The page of consent, but for `redirect_uri`, `state`, `code_challenge` and `code_challenge_method` (S256), which whoever sends people there adds. */
        authorization_url: string;
    }[];
};
export type ConnectByConsentBody = {
    /** `gmail` and `outlook` are the user's mail accounts, `google` and `microsoft` their calendars, `teams` the workspace's account with Microsoft. */
    provider: "gmail" | "outlook" | "google" | "microsoft" | "teams";
    redirect_uri: string;
    /** Of mail accounts, the user's name as others see it; required for those. */
    from_name?: string | null;
};
export type ConnectByConsentBodyWrite = {
    /** `gmail` and `outlook` are the user's mail accounts, `google` and `microsoft` their calendars, `teams` the workspace's account with Microsoft. */
    provider: "gmail" | "outlook" | "google" | "microsoft" | "teams";
    code: string;
    code_verifier: string;
    redirect_uri: string;
    /** Of mail accounts, the user's name as others see it; required for those. */
    from_name?: string | null;
};
export type ProviderFailed = {
    success: boolean;
    error: {
        code: "SERVICE_UNAVAILABLE";
        /** For people; it may change. */
        message: string;
        details?: {
            code: string;
        };
    };
    meta: Meta;
};
export type RetrievedDelivery = {
    id: string;
    connector_id: string | null;
    event_id: string | null;
    status: "pending" | "accepted" | "failed" | "ignored" | "test";
    attempts: number;
    content_type: string;
    mapped: object | null;
    error: {
        code: string;
        message: string;
        fields?: {
            field: string;
            message: string;
        }[];
    } | null;
    warnings: {
        field: string;
        message: string;
    }[];
    outcome: ("created" | "updated") | null;
    contact_id: string | null;
    activity_id: string | null;
    created_at: Timestamp;
    updated_at: Timestamp;
    body: string;
    body_encoding: "utf-8" | "base64";
    looked_up: object | null;
};
export type Delivery = {
    id: string;
    connector_id: string | null;
    event_id: string | null;
    status: "pending" | "accepted" | "failed" | "ignored" | "test";
    attempts: number;
    content_type: string;
    mapped: object | null;
    error: {
        code: string;
        message: string;
        fields?: {
            field: string;
            message: string;
        }[];
    } | null;
    warnings: {
        field: string;
        message: string;
    }[];
    outcome: ("created" | "updated") | null;
    contact_id: string | null;
    activity_id: string | null;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type DeliveryPage = {
    items: Delivery[];
    pagination: Pagination;
};
export type DeliveredContact = {
    id: string;
    first_name: string | null;
    last_name: string | null;
    email: string | null;
    phone: string | null;
    title: string | null;
    company_id: string | null;
    source: string | null;
    status: string;
    signal_strength: number | null;
    created_at: Timestamp;
    updated_at: Timestamp;
    created: boolean;
    company: {
        id: string;
        name: string;
        domain: string | null;
        created: boolean;
    } | null;
    matched_by: ("email" | "phone" | "id") | null;
    delivery_id: string;
    /** The fields that could not be read as they were sent: what was sent is in the message, and the record was made without them. */
    warnings?: {
        field: string;
        message: string;
    }[];
};
export type NotReplayable = {
    success: boolean;
    error: {
        code: "CONFLICT";
        /** For people; it may change. */
        message: string;
        details: {
            fields: FieldError[];
        };
    };
    meta: Meta;
};
export type Expression = string;
export type FieldMap = {
    first_name?: Expression | null;
    last_name?: Expression | null;
    email?: Expression | null;
    phone?: Expression | null;
    title?: Expression | null;
    company_name?: Expression | null;
    company_domain?: Expression | null;
    source?: Expression | null;
    signal_strength?: Expression | null;
    message?: Expression | null;
    contact_id?: Expression | null;
    company_id?: Expression | null;
    deal_id?: Expression | null;
    deal_title?: Expression | null;
    deal_value?: Expression | null;
    deal_currency?: Expression | null;
    deal_stage?: Expression | null;
    "type"?: Expression | null;
    entity_email?: Expression | null;
    entity_domain?: Expression | null;
    entity_id?: Expression | null;
    description?: Expression | null;
    timestamp?: Expression | null;
    data?: Expression | null;
    contact_phone?: Expression | null;
    contact_first_name?: Expression | null;
    contact_last_name?: Expression | null;
};
export type Defaults = {
    first_name?: string | null;
    last_name?: string | null;
    email?: EmailAddress | null;
    phone?: PhoneNumber | null;
    title?: string | null;
    company_name?: string | null;
    company_domain?: Domain | null;
    source?: string | null;
    signal_strength?: number | null;
    message?: string | null;
    contact_id?: RecordId | null;
    company_id?: RecordId | null;
    deal_id?: RecordId | null;
    deal_title?: string | null;
    deal_value?: Amount | null;
    deal_currency?: Currency | null;
    deal_stage?: string | null;
    "type"?: ActivityType | null;
    entity_email?: EmailAddress | null;
    entity_domain?: Domain | null;
    entity_id?: RecordId | null;
    description?: string | null;
    timestamp?: Time | null;
    data?: object | null;
    contact_phone?: PhoneNumber | null;
    contact_first_name?: string | null;
    contact_last_name?: string | null;
};
export type MatchingRules = {
    contact?: ("email" | "phone" | "id")[];
    company?: ("domain" | "name" | "id")[];
    deal?: ("id" | "title")[];
    create_missing?: boolean;
};
export type RehearseConnectorDeliveryBody = {
    field_map?: FieldMap;
    defaults?: Defaults;
    matching?: MatchingRules;
    items?: Expression | null;
    event_id?: Expression | null;
    skip?: Expression | null;
    test?: Expression | null;
    prepare?: Expression | null;
};
export type Connector = {
    id: string;
    slug: string;
    name: string;
    preset: ("typeform" | "tally" | "jotform" | "gravity_forms" | "webflow" | "webflow_v1" | "hubspot_workflow" | "hubspot_app" | "meta_lead_ads" | "google_ads" | "zapier" | "make") | null;
    target: "contact" | "activity";
    field_map: {
        [key: string]: string;
    };
    matching: {
        contact: ("email" | "phone" | "id")[];
        company: ("domain" | "name" | "id")[];
        deal: ("id" | "title")[];
        create_missing: boolean;
    };
    defaults: object;
    items: string | null;
    event_id: string | null;
    skip: string | null;
    test: string | null;
    lookup: "meta_lead" | null;
    prepare: string | null;
    verification: {
        "type": "none";
    } | {
        "type": "signature";
        header: string;
        algorithm: "sha256";
        encoding: "hex" | "base64";
        prefix: string;
        signed: string;
        timestamp: {
            header: string;
            unit: "s" | "ms";
            tolerance_seconds: number;
        } | null;
    } | {
        "type": "header";
        header: string;
    } | {
        "type": "basic";
    } | {
        "type": "body";
        field: string;
    };
    secrets_set: ("secret" | "verify_token" | "access_token")[];
    requests_per_minute: number;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type ConnectorPage = {
    items: Connector[];
    pagination: Pagination;
};
export type Verification = {
    "type": "none";
} | {
    "type": "signature";
    header: string;
    algorithm?: "sha256";
    encoding: "hex" | "base64";
    prefix?: string;
    signed?: string;
    timestamp?: {
        header: string;
        unit: "s" | "ms";
        tolerance_seconds: number;
    } | null;
} | {
    "type": "header";
    header: string;
} | {
    "type": "basic";
} | {
    "type": "body";
    field: string;
};
export type CreateConnectorBody = {
    preset?: ("typeform" | "tally" | "jotform" | "gravity_forms" | "webflow" | "webflow_v1" | "hubspot_workflow" | "hubspot_app" | "meta_lead_ads" | "google_ads" | "zapier" | "make") | null;
    target?: "contact" | "activity";
    slug?: string;
    name: string;
    field_map?: FieldMap;
    matching?: MatchingRules;
    defaults?: Defaults;
    items?: Expression | null;
    event_id?: Expression | null;
    skip?: Expression | null;
    test?: Expression | null;
    prepare?: Expression | null;
    lookup?: "meta_lead" | null;
    verification?: Verification;
    requests_per_minute?: number;
};
export type CreateConnectorBodyWrite = {
    preset?: ("typeform" | "tally" | "jotform" | "gravity_forms" | "webflow" | "webflow_v1" | "hubspot_workflow" | "hubspot_app" | "meta_lead_ads" | "google_ads" | "zapier" | "make") | null;
    target?: "contact" | "activity";
    slug?: string;
    name: string;
    field_map?: FieldMap;
    matching?: MatchingRules;
    defaults?: Defaults;
    items?: Expression | null;
    event_id?: Expression | null;
    skip?: Expression | null;
    test?: Expression | null;
    prepare?: Expression | null;
    lookup?: "meta_lead" | null;
    verification?: Verification;
    secret?: string | null;
    verify_token?: string | null;
    access_token?: string | null;
    requests_per_minute?: number;
};
export type ConnectorWouldBeCreated = {
    dry_run: true;
    outcome: "created";
    record: {
        slug: string;
        name: string;
        preset: ("typeform" | "tally" | "jotform" | "gravity_forms" | "webflow" | "webflow_v1" | "hubspot_workflow" | "hubspot_app" | "meta_lead_ads" | "google_ads" | "zapier" | "make") | null;
        target: "contact" | "activity";
        field_map: {
            [key: string]: string;
        };
        matching: {
            contact: ("email" | "phone" | "id")[];
            company: ("domain" | "name" | "id")[];
            deal: ("id" | "title")[];
            create_missing: boolean;
        };
        defaults: object;
        items: string | null;
        event_id: string | null;
        skip: string | null;
        test: string | null;
        lookup: "meta_lead" | null;
        prepare: string | null;
        verification: {
            "type": "none";
        } | {
            "type": "signature";
            header: string;
            algorithm: "sha256";
            encoding: "hex" | "base64";
            prefix: string;
            signed: string;
            timestamp: {
                header: string;
                unit: "s" | "ms";
                tolerance_seconds: number;
            } | null;
        } | {
            "type": "header";
            header: string;
        } | {
            "type": "basic";
        } | {
            "type": "body";
            field: string;
        };
        secrets_set: ("secret" | "verify_token" | "access_token")[];
        requests_per_minute: number;
    };
};
export type CreatedConnector = {
    id: string;
    slug: string;
    name: string;
    preset: ("typeform" | "tally" | "jotform" | "gravity_forms" | "webflow" | "webflow_v1" | "hubspot_workflow" | "hubspot_app" | "meta_lead_ads" | "google_ads" | "zapier" | "make") | null;
    target: "contact" | "activity";
    field_map: {
        [key: string]: string;
    };
    matching: {
        contact: ("email" | "phone" | "id")[];
        company: ("domain" | "name" | "id")[];
        deal: ("id" | "title")[];
        create_missing: boolean;
    };
    defaults: object;
    items: string | null;
    event_id: string | null;
    skip: string | null;
    test: string | null;
    lookup: "meta_lead" | null;
    prepare: string | null;
    verification: {
        "type": "none";
    } | {
        "type": "signature";
        header: string;
        algorithm: "sha256";
        encoding: "hex" | "base64";
        prefix: string;
        signed: string;
        timestamp: {
            header: string;
            unit: "s" | "ms";
            tolerance_seconds: number;
        } | null;
    } | {
        "type": "header";
        header: string;
    } | {
        "type": "basic";
    } | {
        "type": "body";
        field: string;
    };
    secrets_set: ("secret" | "verify_token" | "access_token")[];
    requests_per_minute: number;
    created_at: Timestamp;
    updated_at: Timestamp;
    token: string;
    url: string;
};
export type UpdateConnectorBody = {
    slug?: string;
    name?: string;
    field_map?: FieldMap;
    matching?: MatchingRules;
    defaults?: Defaults;
    items?: Expression | null;
    event_id?: Expression | null;
    skip?: Expression | null;
    test?: Expression | null;
    prepare?: Expression | null;
    lookup?: "meta_lead" | null;
    verification?: Verification;
    requests_per_minute?: number;
};
export type UpdateConnectorBodyWrite = {
    slug?: string;
    name?: string;
    field_map?: FieldMap;
    matching?: MatchingRules;
    defaults?: Defaults;
    items?: Expression | null;
    event_id?: Expression | null;
    skip?: Expression | null;
    test?: Expression | null;
    prepare?: Expression | null;
    lookup?: "meta_lead" | null;
    verification?: Verification;
    secret?: string | null;
    verify_token?: string | null;
    access_token?: string | null;
    requests_per_minute?: number;
};
export type ConnectorWouldBeUpdated = {
    dry_run: true;
    outcome: "updated" | "unchanged";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: Connector;
};
export type ConnectorWouldBeDeleted = {
    dry_run: true;
    outcome: "deleted";
    id: string;
    record: Connector;
};
export type PresetsOfConnector = {
    items: {
        name: "typeform" | "tally" | "jotform" | "gravity_forms" | "webflow" | "webflow_v1" | "hubspot_workflow" | "hubspot_app" | "meta_lead_ads" | "google_ads" | "zapier" | "make";
        title: string;
        target: "contact" | "activity";
        secrets: {
            [key: string]: "required" | "optional";
        };
        verification: {
            "type": "none";
        } | {
            "type": "signature";
            header: string;
            algorithm: "sha256";
            encoding: "hex" | "base64";
            prefix: string;
            signed: string;
            timestamp: {
                header: string;
                unit: "s" | "ms";
                tolerance_seconds: number;
            } | null;
        } | {
            "type": "header";
            header: string;
        } | {
            "type": "basic";
        } | {
            "type": "body";
            field: string;
        };
        /** Where the provider wants the address and the secret. */
        setup: string;
    }[];
};
export type RotateConnectorTokenBody = {
    overlap_seconds?: number;
};
export type NewTokenOfConnector = {
    token: string;
    url: string;
    previous_token_expires_at: Timestamp | null;
};
export type IngestContactBody = {
    first_name?: string | null;
    last_name?: string | null;
    email?: EmailAddress | null;
    phone?: PhoneNumber | null;
    title?: string | null;
    company_name?: string | null;
    company_domain?: Domain | null;
    source?: string | null;
    signal_strength?: number | null;
    message?: string | null;
} & ({
    email: string;
} | {
    phone: string;
} | {
    first_name: string;
} | {
    last_name: string;
});
export type IngestedContact = {
    id: string;
    first_name: string | null;
    last_name: string | null;
    email: string | null;
    phone: string | null;
    title: string | null;
    company_id: string | null;
    source: string | null;
    status: string;
    signal_strength: number | null;
    created_at: Timestamp;
    updated_at: Timestamp;
    created: boolean;
    company: {
        id: string;
        name: string;
        domain: string | null;
        created: boolean;
    } | null;
    matched_by: "email" | null;
};
export type ContactWouldBeCreated = {
    dry_run: true;
    outcome: "created";
    record: {
        first_name: string | null;
        last_name: string | null;
        email: string | null;
        phone: string | null;
        title: string | null;
        company_id: string | null;
        source: string | null;
        status: string;
        signal_strength: number | null;
    };
};
export type ContactWouldBeUpdated = {
    dry_run: true;
    outcome: "updated" | "unchanged";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: Contact;
};
export type IngestContactsBody = {
    contacts: ({
        first_name?: string | null;
        last_name?: string | null;
        email?: EmailAddress | null;
        phone?: PhoneNumber | null;
        title?: string | null;
        company_name?: string | null;
        company_domain?: Domain | null;
        source?: string | null;
        signal_strength?: number | null;
        message?: string | null;
    } & ({
        email: string;
    } | {
        phone: string;
    } | {
        first_name: string;
    } | {
        last_name: string;
    }))[];
    options?: {
        stop_on_error?: boolean;
    };
};
export type ContactPage = {
    items: Contact[];
    pagination: Pagination;
};
export type UpdateContactBody = {
    first_name?: string | null;
    last_name?: string | null;
    email?: EmailAddress | null;
    phone?: PhoneNumber | null;
    title?: string | null;
    company_id?: RecordId | null;
    source?: string | null;
    status?: string;
};
export type ContactWouldBeDeleted = {
    dry_run: true;
    outcome: "deleted";
    id: string;
    record: Contact;
};
export type MovedRecords = {
    leads: number;
    deals: number;
    tasks: number;
    invoices: number;
    activities: number;
    meetings: number;
    calls: number;
    messages: number;
    attachments: number;
    company_memberships: number;
    contact_tags: number;
    marketing_list_members: number;
    target_account_contacts: number;
    outreach_steps: number;
    connector_deliveries: number;
    contact_addresses: number;
};
export type Merge = {
    id: string;
    keep_id: string;
    merged_id: string;
    moved: MovedRecords;
    actor: {
        kind: string;
        id: string;
    } | null;
    undo_until: Timestamp;
    undone_at: Timestamp | null;
    undone_by: {
        kind: string;
        id: string;
    } | null;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type MergePage = {
    items: Merge[];
    pagination: Pagination;
};
export type MergeContactsBody = {
    keep_id: RecordId;
    merge_id: RecordId;
    /** Whose value a field has afterwards, where it is not to be the kept contact's or, where that has none, the other's. */
    fields?: {
        first_name?: "keep" | "merge";
        last_name?: "keep" | "merge";
        email?: "keep" | "merge";
        phone?: "keep" | "merge";
        title?: "keep" | "merge";
        company_id?: "keep" | "merge";
        source?: "keep" | "merge";
        status?: "keep" | "merge";
        signal_strength?: "keep" | "merge";
    };
};
export type ContactAfterMerge = {
    id: string;
    first_name: string | null;
    last_name: string | null;
    email: string | null;
    phone: string | null;
    title: string | null;
    company_id: string | null;
    source: string | null;
    status: string;
    signal_strength: number | null;
    created_at: Timestamp;
    updated_at: Timestamp;
    merge: {
        id: string;
        merged_id: string;
        moved: MovedRecords;
        /** How many records became one with their like that the kept contact had. */
        merged: {
            attachments: number;
            company_memberships: number;
            contact_tags: number;
            marketing_list_members: number;
            target_account_contacts: number;
        };
        /** What of the merged contact and its records is nowhere any more. */
        lost: {
            record: string;
            field: string;
            value: any;
        }[];
        undo_until: Timestamp;
    };
};
export type ContactsWouldBeMerged = {
    dry_run: true;
    outcome: "updated";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: {
        id: string;
        first_name: string | null;
        last_name: string | null;
        email: string | null;
        phone: string | null;
        title: string | null;
        company_id: string | null;
        source: string | null;
        status: string;
        signal_strength: number | null;
        created_at: Timestamp;
        updated_at: Timestamp;
    };
    merge: {
        merged_id: string;
        moved: MovedRecords;
        /** How many records became one with their like that the kept contact had. */
        merged: {
            attachments: number;
            company_memberships: number;
            contact_tags: number;
            marketing_list_members: number;
            target_account_contacts: number;
        };
        /** What of the merged contact and its records is nowhere any more. */
        lost: {
            record: string;
            field: string;
            value: any;
        }[];
    };
};
export type ContactAfterUndoneMerge = {
    id: string;
    first_name: string | null;
    last_name: string | null;
    email: string | null;
    phone: string | null;
    title: string | null;
    company_id: string | null;
    source: string | null;
    status: string;
    signal_strength: number | null;
    created_at: Timestamp;
    updated_at: Timestamp;
    undone: {
        id: string;
        keep_id: string;
        moved: MovedRecords;
        /** The fields of the kept contact that stay as they are (`to`), as something changed them since the merge; before it they were `from`. */
        kept_changes: {
            [key: string]: {
                "from": any;
                to: any;
            };
        };
    };
};
export type MergeWouldBeUndone = {
    dry_run: true;
    outcome: "created";
    id: string;
    record: {
        id: string;
        first_name: string | null;
        last_name: string | null;
        email: string | null;
        phone: string | null;
        title: string | null;
        company_id: string | null;
        source: string | null;
        status: string;
        signal_strength: number | null;
        created_at: Timestamp;
        updated_at: Timestamp;
    };
    undone: {
        id: string;
        keep_id: string;
        moved: MovedRecords;
        /** The fields of the kept contact that stay as they are (`to`), as something changed them since the merge; before it they were `from`. */
        kept_changes: {
            [key: string]: {
                "from": any;
                to: any;
            };
        };
    };
};
export type NotUndoable = {
    success: boolean;
    error: {
        code: "CONFLICT";
        /** For people; it may change. */
        message: string;
        details: {
            fields: FieldError[];
        };
    };
    meta: Meta;
};
export type Deal = {
    id: string;
    title: string;
    value: number | null;
    currency: string;
    stage: string | null;
    status: string;
    probability: number | null;
    expected_close_date: string | null;
    company_id: string | null;
    contact_id: string | null;
    pipeline_id: string | null;
    assigned_to: string | null;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type DealPage = {
    items: Deal[];
    pagination: Pagination;
};
export type CreateDealBody = {
    title: string;
    value?: Amount | null;
    currency?: Currency;
    stage?: string;
    status?: string;
    probability?: number | null;
    expected_close_date?: Date | null;
    company_id?: RecordId | null;
    contact_id?: RecordId | null;
    pipeline_id?: RecordId;
    assigned_to?: RecordId | null;
};
export type DealWouldBeCreated = {
    dry_run: true;
    outcome: "created";
    record: {
        title: string;
        value: number | null;
        currency: string;
        stage: string | null;
        status: string;
        probability: number | null;
        expected_close_date: string | null;
        company_id: string | null;
        contact_id: string | null;
        pipeline_id: string | null;
        assigned_to: string | null;
    };
};
export type UpdateDealBody = {
    title?: string;
    value?: Amount | null;
    currency?: Currency;
    stage?: string;
    status?: string;
    probability?: number | null;
    expected_close_date?: Date | null;
    company_id?: RecordId | null;
    contact_id?: RecordId | null;
    pipeline_id?: RecordId;
    assigned_to?: RecordId | null;
};
export type DealWouldBeUpdated = {
    dry_run: true;
    outcome: "updated" | "unchanged";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: Deal;
};
export type DealWouldBeDeleted = {
    dry_run: true;
    outcome: "deleted";
    id: string;
    record: Deal;
};
export type BatchDealsBody = {
    items: (DealItem | (CompanyItem & any) | (TaskItem & any) | (InvoiceItem & any) | (ActivityItem & any))[];
    options?: {
        stop_on_error?: boolean;
        atomic?: boolean;
    };
};
export type Event = {
    /** Its cursor: with it as `since`, the feed goes on behind it. */
    id: string;
    /** Its number, by which `cause` names it. */
    sequence: number;
    "type": "contact.created" | "contact.updated" | "contact.deleted" | "company.created" | "company.updated" | "company.deleted" | "deal.created" | "deal.updated" | "deal.deleted" | "task.created" | "task.updated" | "task.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "activity.created" | "activity.updated" | "activity.deleted" | "user.created" | "user.updated" | "user.deleted" | "pipeline.created" | "pipeline.updated" | "pipeline.deleted" | "stage.created" | "stage.updated" | "stage.deleted" | "tag.created" | "tag.updated" | "tag.deleted" | "lead.created" | "lead.updated" | "lead.deleted" | "lead_tag.created" | "lead_tag.updated" | "lead_tag.deleted" | "company_membership.created" | "company_membership.updated" | "company_membership.deleted" | "form.created" | "form.updated" | "form.deleted" | "form_submission.created" | "form_submission.updated" | "form_submission.deleted" | "intent_signal.created" | "intent_signal.updated" | "intent_signal.deleted" | "target_account.created" | "target_account.updated" | "target_account.deleted" | "target_account_contact.created" | "target_account_contact.updated" | "target_account_contact.deleted" | "outreach_step.created" | "outreach_step.updated" | "outreach_step.deleted" | "document.created" | "document.updated" | "document.deleted" | "meeting.created" | "meeting.updated" | "meeting.deleted" | "call.created" | "call.updated" | "call.deleted" | "automation.created" | "automation.updated" | "automation.deleted";
    /** The record; of a `lead_tag` the lead. */
    record_id: string;
    at: Timestamp;
    /** The record as it was, with the fields that the API names; null when created. */
    before: object | null;
    /** The record as the change left it; null when deleted. */
    after: object | null;
    /** The fields that an update changed, but for `updated_at`; else none. */
    changed: string[];
    /** Who did it, null for the operator of the service. */
    actor: {
        kind: "key" | "user" | "connector" | "automation" | "job" | "mcp" | "form" | "booking" | "message" | "call";
        id: string;
    } | null;
    /** The `sequence` of the event that this was done because of. */
    cause: number | null;
    /** The request that did it. */
    request_id: string | null;
};
export type EventsMeta = {
    /** Also the header `X-Request-Id`. */
    request_id: string;
    api_version: "1";
    timestamp: string;
    /** Sent back as `since`, goes on from here. */
    next_cursor: string;
    /** Whether there may be more at once. */
    has_more: boolean;
};
export type CursorExpired = {
    success: boolean;
    error: {
        code: "VALIDATION_ERROR";
        /** For people; it may change. */
        message: string;
        details: {
            fields: FieldError[];
            expired: true;
        };
    };
    meta: Meta;
};
export type TooManyStreams = {
    success: boolean;
    error: {
        code: "RATE_LIMIT_EXCEEDED";
        /** For people; it may change. */
        message: string;
        details: {
            limit: "streams_per_key";
        };
    };
    meta: Meta;
};
export type Invoice = {
    id: string;
    invoice_number: string;
    status: "draft" | "sent" | "paid" | "overdue" | "cancelled";
    issue_date: string;
    due_date: string | null;
    subtotal: number;
    tax_amount: number;
    total: number;
    currency: string;
    company_id: string | null;
    contact_id: string | null;
    deal_id: string | null;
    notes: string | null;
    line_items: {
        description: string;
        quantity: number;
        unit_price: number;
        amount: number;
        tax_rate: number | null;
    }[];
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type InvoicePage = {
    items: Invoice[];
    pagination: Pagination;
};
export type CreateInvoiceBody = {
    invoice_number?: string;
    status?: "draft" | "sent" | "paid" | "overdue" | "cancelled";
    issue_date?: Date;
    due_date?: Date | null;
    subtotal?: Amount;
    tax_amount?: Amount;
    total?: Amount;
    currency?: Currency;
    company_id?: RecordId | null;
    contact_id?: RecordId | null;
    deal_id?: RecordId | null;
    notes?: string | null;
    line_items?: {
        description: string;
        quantity: Amount;
        unit_price: Amount;
        amount?: Amount;
        tax_rate?: Amount | null;
    }[];
};
export type InvoiceWouldBeCreated = {
    dry_run: true;
    outcome: "created";
    record: {
        invoice_number: string;
        status: "draft" | "sent" | "paid" | "overdue" | "cancelled";
        issue_date: string;
        due_date: string | null;
        subtotal: number;
        tax_amount: number;
        total: number;
        currency: string;
        company_id: string | null;
        contact_id: string | null;
        deal_id: string | null;
        notes: string | null;
        line_items: {
            description: string;
            quantity: number;
            unit_price: number;
            amount: number;
            tax_rate: number | null;
        }[];
    };
};
export type UpdateInvoiceBody = {
    invoice_number?: string;
    status?: "draft" | "sent" | "paid" | "overdue" | "cancelled";
    issue_date?: Date;
    due_date?: Date | null;
    subtotal?: Amount;
    tax_amount?: Amount;
    total?: Amount;
    currency?: Currency;
    company_id?: RecordId | null;
    contact_id?: RecordId | null;
    deal_id?: RecordId | null;
    notes?: string | null;
    line_items?: {
        description: string;
        quantity: Amount;
        unit_price: Amount;
        amount?: Amount;
        tax_rate?: Amount | null;
    }[];
};
export type InvoiceWouldBeUpdated = {
    dry_run: true;
    outcome: "updated" | "unchanged";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: Invoice;
};
export type InvoiceWouldBeDeleted = {
    dry_run: true;
    outcome: "deleted";
    id: string;
    record: Invoice;
};
export type BatchInvoicesBody = {
    items: (InvoiceItem | (CompanyItem & any) | (DealItem & any) | (TaskItem & any) | (ActivityItem & any))[];
    options?: {
        stop_on_error?: boolean;
        atomic?: boolean;
    };
};
export type Job = {
    id: string;
    kind: string;
    status: "waiting" | "running" | "dead";
    attempts: number;
    run_at: Timestamp;
    last_error: string | null;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type JobPage = {
    items: Job[];
    pagination: {
        per_page: number;
        /** Sent back as `cursor`, continues the list; null on the last page. */
        next_cursor: string | null;
    };
};
export type NotDead = {
    success: boolean;
    error: {
        code: "CONFLICT";
        /** For people; it may change. */
        message: string;
        details: {
            fields: FieldError[];
        };
    };
    meta: Meta;
};
export type RetrievedPipeline = {
    id: string;
    name: string;
    is_default: boolean;
    stages: {
        id: string;
        name: string;
        position: number;
        outcome: "open" | "won" | "lost";
    }[];
    created_at: Timestamp;
    updated_at: Timestamp;
    totals: {
        stage_id: string;
        currency: string;
        deals: number;
        value: number;
    }[];
};
export type Pipeline = {
    id: string;
    name: string;
    is_default: boolean;
    stages: {
        id: string;
        name: string;
        position: number;
        outcome: "open" | "won" | "lost";
    }[];
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type PipelinePage = {
    items: Pipeline[];
    pagination: Pagination;
};
export type Request = {
    id: string;
    at: Timestamp;
    api: "lumenbase" | "leadhub" | "crm" | "lio" | "mcp";
    method: string;
    path: string;
    status: number;
    ms: number;
    actor_kind: string;
    actor_id: string;
    request_id: string;
    error_code: string | null;
};
export type RequestPage = {
    items: Request[];
    pagination: {
        per_page: number;
        /** Sent back as `cursor`, continues the list; null on the last page. */
        next_cursor: string | null;
    };
};
export type Role = {
    id: string;
    "number": number;
    name: string;
    description: string | null;
    base: "admin" | "member" | "rep" | "viewer";
    is_active: boolean;
    is_system: boolean;
    user_count: number;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type RolePage = {
    items: Role[];
    pagination: Pagination;
};
export type CreateRoleBody = {
    name: string;
    description?: string | null;
    base: "admin" | "member" | "rep" | "viewer";
};
export type RoleWouldBeCreated = {
    dry_run: true;
    outcome: "created";
    record: {
        "number": number;
        name: string;
        description: string | null;
        base: "admin" | "member" | "rep" | "viewer";
        is_active: boolean;
        is_system: boolean;
        user_count: number;
    };
};
export type RoleKept = {
    success: boolean;
    error: {
        code: "CONFLICT";
        /** For people; it may change. */
        message: string;
        details: {
            fields: FieldError[];
        };
    };
    meta: Meta;
};
export type UpdateRoleBody = {
    name?: string;
    description?: string | null;
    base?: "admin" | "member" | "rep" | "viewer";
};
export type RoleWouldBeUpdated = {
    dry_run: true;
    outcome: "updated" | "unchanged";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: Role;
};
export type RoleWouldBeDeleted = {
    dry_run: true;
    outcome: "deleted";
    id: string;
    record: Role;
};
export type SignedInUser = {
    id: string;
    "number": number;
    email: string;
    name: string;
    /** What the user may do: `member` is a Manager. */
    role: "admin" | "member" | "rep" | "viewer";
    /** What the role is called in the workspace. */
    role_name: string;
    timezone: string;
};
export type SignedInWorkspace = {
    id: string;
    slug: string;
    name: string;
    default_country: string | null;
};
export type SignedIn = {
    user: SignedInUser;
    workspace: SignedInWorkspace;
    /** Every scope that an operation may need and that the role has, each by itself. */
    scopes: string[];
};
export type SignInBody = {
    email?: EmailAddress;
    /** The slug of one of the user's workspaces; the oldest one unless given. */
    workspace?: string;
};
export type SignInBodyWrite = {
    /** Of a link that signs in once; then nothing else is given. */
    token?: string;
    email?: EmailAddress;
    password?: string;
    /** The slug of one of the user's workspaces; the oldest one unless given. */
    workspace?: string;
};
export type Session = {
    token: string;
    token_type: "Bearer";
    expires_in: 2592000;
    expires_at: string;
    user: SignedInUser;
    workspace: SignedInWorkspace;
};
export type SignInLocked = {
    success: boolean;
    error: {
        code: "RATE_LIMIT_EXCEEDED";
        /** For people; it may change. */
        message: string;
        details: {
            limit: "sign_in";
        };
    };
    meta: Meta;
};
export type Task = {
    id: string;
    title: string;
    description: string | null;
    status: string;
    priority: "low" | "medium" | "high" | "urgent";
    due_date: string | null;
    assigned_to: string | null;
    contact_id: string | null;
    company_id: string | null;
    deal_id: string | null;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type TaskPage = {
    items: Task[];
    pagination: Pagination;
};
export type CreateTaskBody = {
    title: string;
    description?: string | null;
    status?: string;
    priority?: "low" | "medium" | "high" | "urgent";
    due_date?: Date | null;
    assigned_to?: RecordId | null;
    contact_id?: RecordId | null;
    company_id?: RecordId | null;
    deal_id?: RecordId | null;
};
export type TaskWouldBeCreated = {
    dry_run: true;
    outcome: "created";
    record: {
        title: string;
        description: string | null;
        status: string;
        priority: "low" | "medium" | "high" | "urgent";
        due_date: string | null;
        assigned_to: string | null;
        contact_id: string | null;
        company_id: string | null;
        deal_id: string | null;
    };
};
export type UpdateTaskBody = {
    title?: string;
    description?: string | null;
    status?: string;
    priority?: "low" | "medium" | "high" | "urgent";
    due_date?: Date | null;
    assigned_to?: RecordId | null;
    contact_id?: RecordId | null;
    company_id?: RecordId | null;
    deal_id?: RecordId | null;
};
export type TaskWouldBeUpdated = {
    dry_run: true;
    outcome: "updated" | "unchanged";
    id: string;
    changes: {
        [key: string]: FieldChange;
    };
    record: Task;
};
export type TaskWouldBeDeleted = {
    dry_run: true;
    outcome: "deleted";
    id: string;
    record: Task;
};
export type BatchTasksBody = {
    items: (TaskItem | (CompanyItem & any) | (DealItem & any) | (InvoiceItem & any) | (ActivityItem & any))[];
    options?: {
        stop_on_error?: boolean;
        atomic?: boolean;
    };
};
export type Usage = {
    limits: {
        kind: "workspace" | "connector" | "key";
        id: string;
        /** Of a limit of the workspace which one it is; else the connector's or the key's own name. */
        name: string;
        api: ("lumenbase" | "leadhub" | "crm" | "lio") | null;
        limit: number;
        /** In the window under way; null where requests are counted elsewhere than in the database. */
        used: number | null;
        /** The length of the window. */
        seconds: number;
        /** When the window under way ends; null when nothing was counted in it. */
        resets_at: Timestamp | null;
    }[];
    /** The hours of UTC of the last 7 days that had requests, oldest first. */
    hours: {
        at: Timestamp;
        requests: number;
        errors: number;
    }[];
};
export type User = {
    id: string;
    name: string;
    email: string;
    created_at: Timestamp;
    updated_at: Timestamp;
};
export type UserPage = {
    items: User[];
    pagination: Pagination;
};
/**
 * Answer the handshake of a sender of activities
 */
export function handshakeActivity(hubMode: "subscribe", hubVerifyToken: string, hubChallenge: string, connector: string, { xRequestId }: {
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded | ConnectorLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-activities${QS.query(QS.explode({
        "hub.mode": hubMode,
        "hub.verify_token": hubVerifyToken,
        "hub.challenge": hubChallenge,
        connector
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Create an activity
 */
export function createActivity(createActivityBody: CreateActivityBody, { dryRun, connector, xConnector, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    connector?: string;
    xConnector?: string;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: ActivityWouldBeCreated | DeliveryTaken | DeliveryResults | ActivityEventWouldCreate | EventWouldBeIgnored | EventRehearsals;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: CreatedActivity | DeliveredActivity | DeliveryResults;
            meta: Meta;
        };
    } | {
        status: 207;
        data: {
            success: true;
            data: DeliveryResults;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError | DeliveryFailed;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused | DeliveryConflict;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded | DailyLimitReached | DeliveryOverLimit | ConnectorLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: LookupFailed | ServiceUnavailable;
    }>(`/v1-public-activities${QS.query(QS.explode({
        dry_run: dryRun,
        connector
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createActivityBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Connector": xConnector,
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Write up to 100 activities
 */
export function batchActivities(batchActivitiesBody: BatchActivitiesBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 207;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError | NothingWritten;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded | BatchLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-activities-batch${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: batchActivitiesBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * List activities, or retrieve one
 */
export function listActivities({ page, perPage, cursor, sortBy, sortOrder, search, $type, contactId, companyId, dealId, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at" | "type" | "title";
    sortOrder?: "asc" | "desc";
    search?: string;
    $type?: ActivityType;
    contactId?: RecordId;
    companyId?: RecordId;
    dealId?: RecordId;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Activity | ActivityPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-activities-crud${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        search,
        "type": $type,
        contact_id: contactId,
        company_id: companyId,
        deal_id: dealId,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Delete an activity
 */
export function deleteActivity(id: RecordId, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deleted | ActivityWouldBeDeleted;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-activities-crud${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List api keys, or retrieve one
 */
export function listApiKeys({ page, perPage, cursor, sortBy, sortOrder, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at";
    sortOrder?: "asc" | "desc";
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Key | KeyPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-api-keys${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Create a key
 */
export function createKey(createKeyBody: CreateKeyBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: KeyWouldBeCreated;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: CreatedKey;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-api-keys${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createKeyBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * End a key for good
 */
export function revokeKey(id: RecordId, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Key | KeyWouldBeUpdated;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-api-keys${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Replace a key by a new one
 */
export function rotateKey(id: RecordId, rotateKeyBody: RotateKeyBody, { idempotencyKey, xIdempotencyKey, xRequestId }: {
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: RotatedKey;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: NotRotatable | IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-api-keys/rotate${QS.query(QS.explode({
        id
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: rotateKeyBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * List companies, or retrieve one
 */
export function listCompanies({ page, perPage, cursor, sortBy, sortOrder, search, domain, industry, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at" | "updated_at" | "name" | "domain";
    sortOrder?: "asc" | "desc";
    search?: string;
    domain?: Domain;
    industry?: string;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Company | CompanyPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-companies${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        search,
        domain,
        industry,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Create a company
 */
export function createCompany(createCompanyBody: CreateCompanyBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Company | CompanyWouldBeCreated | CompanyWouldBeUpdated;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: Company;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-companies${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createCompanyBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Update a company
 */
export function updateCompany(id: RecordId, updateCompanyBody: UpdateCompanyBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Company | CompanyWouldBeUpdated;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: Conflict | IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-companies${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateCompanyBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Delete a company
 */
export function deleteCompany(id: RecordId, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deleted | CompanyWouldBeDeleted;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-companies${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Write up to 100 companies
 */
export function batchCompanies(batchCompaniesBody: BatchCompaniesBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 207;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError | NothingWritten;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded | BatchLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-companies-batch${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: batchCompaniesBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Look up the ids of a company
 */
export function getCompanyIds(id: RecordId | number, { xRequestId }: {
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: RecordIds;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-companies/ids${QS.query(QS.explode({
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List connected accounts, or retrieve one
 */
export function listConnectedAccounts({ page, perPage, cursor, sortBy, sortOrder, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at";
    sortOrder?: "asc" | "desc";
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: ConnectedAccount | ConnectedAccountPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-connected-accounts${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Create a connected account
 */
export function createConnectedAccount(createConnectedAccountBody: CreateConnectedAccountBodyWrite, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: ConnectedAccountWouldBeCreated | ConnectedAccountWouldBeUpdated;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: ConnectedAccount;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-connected-accounts${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createConnectedAccountBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Delete a connected account
 */
export function deleteConnectedAccount(id: RecordId, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deleted | ConnectedAccountWouldBeDeleted;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-connected-accounts${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List what can be connected by consent
 */
export function listConsents({ xRequestId }: {
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: OfferedConsents;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>("/v1-public-connected-accounts/consents", {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Connect an account by consent
 */
export function connectByConsent(connectByConsentBody: ConnectByConsentBodyWrite, { idempotencyKey, xIdempotencyKey, xRequestId }: {
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: {
            success: true;
            data: ConnectedAccount;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable | ProviderFailed;
    }>("/v1-public-connected-accounts/consents", oazapfts.json({
        ...opts,
        method: "POST",
        body: connectByConsentBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * List connector deliveries, or retrieve one
 */
export function listConnectorDeliveries({ page, perPage, cursor, sortBy, sortOrder, connectorId, status, contactId, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at";
    sortOrder?: "asc" | "desc";
    connectorId?: RecordId;
    status?: "pending" | "accepted" | "failed" | "ignored" | "test";
    contactId?: RecordId;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: RetrievedDelivery | DeliveryPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-connector-deliveries${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        connector_id: connectorId,
        status,
        contact_id: contactId,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Replay a connector delivery
 */
export function replayConnectorDelivery(id: RecordId, { dryRun, xRequestId }: {
    dryRun?: boolean;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: DeliveredContact | DeliveryTaken | ContactEventWouldCreate | ContactEventWouldUpdate | ActivityEventWouldCreate | EventWouldBeIgnored | EventRehearsals;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: DeliveredContact | DeliveredActivity | DeliveryResults;
            meta: Meta;
        };
    } | {
        status: 207;
        data: {
            success: true;
            data: DeliveryResults;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError | DeliveryFailed;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: NotReplayable | DeliveryConflict;
    } | {
        status: 429;
        data: RateLimitExceeded | DailyLimitReached | DeliveryOverLimit;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: LookupFailed | ServiceUnavailable;
    }>(`/v1-public-connector-deliveries${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "POST",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Try a changed connector on a delivery
 */
export function rehearseConnectorDelivery(id: RecordId, rehearseConnectorDeliveryBody: RehearseConnectorDeliveryBody, { xRequestId }: {
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: ContactEventWouldCreate | ContactEventWouldUpdate | ActivityEventWouldCreate | EventWouldBeIgnored | EventRehearsals;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: NotReplayable;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded | DailyLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: LookupFailed | ServiceUnavailable;
    }>(`/v1-public-connector-deliveries/rehearse${QS.query(QS.explode({
        id
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: rehearseConnectorDeliveryBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * List connectors, or retrieve one
 */
export function listConnectors({ page, perPage, cursor, sortBy, sortOrder, search, slug, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at" | "updated_at" | "name";
    sortOrder?: "asc" | "desc";
    search?: string;
    slug?: string;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Connector | ConnectorPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-connectors${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        search,
        slug,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Create a connector
 */
export function createConnector(createConnectorBody: CreateConnectorBodyWrite, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: ConnectorWouldBeCreated;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: CreatedConnector;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: Conflict | IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-connectors${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createConnectorBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Update a connector
 */
export function updateConnector(id: RecordId, updateConnectorBody: UpdateConnectorBodyWrite, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Connector | ConnectorWouldBeUpdated;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: Conflict | IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-connectors${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateConnectorBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Delete a connector
 */
export function deleteConnector(id: RecordId, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deleted | ConnectorWouldBeDeleted;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-connectors${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List the presets of connectors
 */
export function listConnectorPresets({ xRequestId }: {
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: PresetsOfConnector;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>("/v1-public-connectors/presets", {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Give a connector a new token
 */
export function rotateConnectorToken(id: RecordId, rotateConnectorTokenBody: RotateConnectorTokenBody, { idempotencyKey, xIdempotencyKey, xRequestId }: {
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: NewTokenOfConnector;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-connectors/rotate-token${QS.query(QS.explode({
        id
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: rotateConnectorTokenBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Answer the handshake of a sender of contacts
 */
export function handshakeContact(hubMode: "subscribe", hubVerifyToken: string, hubChallenge: string, connector: string, { xRequestId }: {
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded | ConnectorLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-contacts${QS.query(QS.explode({
        "hub.mode": hubMode,
        "hub.verify_token": hubVerifyToken,
        "hub.challenge": hubChallenge,
        connector
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Ingest a contact
 */
export function ingestContact(ingestContactBody: IngestContactBody, { dryRun, connector, xConnector, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    connector?: string;
    xConnector?: string;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: IngestedContact | ContactWouldBeCreated | ContactWouldBeUpdated | DeliveredContact | DeliveryTaken | DeliveryResults | ContactEventWouldCreate | ContactEventWouldUpdate | EventWouldBeIgnored | EventRehearsals;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: IngestedContact | DeliveredContact | DeliveryResults;
            meta: Meta;
        };
    } | {
        status: 207;
        data: {
            success: true;
            data: DeliveryResults;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError | DeliveryFailed;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused | DeliveryConflict;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded | DailyLimitReached | DeliveryOverLimit | ConnectorLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: LookupFailed | ServiceUnavailable;
    }>(`/v1-public-contacts${QS.query(QS.explode({
        dry_run: dryRun,
        connector
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: ingestContactBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Connector": xConnector,
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Ingest up to 100 contacts
 */
export function ingestContacts(ingestContactsBody: IngestContactsBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 207;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError | NothingWritten;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded | BatchLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-contacts-batch${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: ingestContactsBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * List contacts, or retrieve one
 */
export function listContacts({ page, perPage, cursor, sortBy, sortOrder, search, email, companyId, status, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at" | "updated_at" | "first_name" | "last_name" | "email";
    sortOrder?: "asc" | "desc";
    search?: string;
    email?: string;
    companyId?: RecordId;
    status?: string;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Contact | ContactPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-contacts-crud${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        search,
        email,
        company_id: companyId,
        status,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Update a contact
 */
export function updateContact(id: RecordId, updateContactBody: UpdateContactBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Contact | ContactWouldBeUpdated;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: Conflict | IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-contacts-crud${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateContactBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Delete a contact
 */
export function deleteContact(id: RecordId, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deleted | ContactWouldBeDeleted;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-contacts-crud${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Look up the ids of a contact
 */
export function getContactIds(id: RecordId | number, { xRequestId }: {
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: RecordIds;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-contacts-crud/ids${QS.query(QS.explode({
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List contact merges, or retrieve one
 */
export function listContactMerges({ page, perPage, cursor, sortBy, sortOrder, keepId, mergedId, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at";
    sortOrder?: "asc" | "desc";
    keepId?: RecordId;
    mergedId?: RecordId;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Merge | MergePage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-contacts-merge${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        keep_id: keepId,
        merged_id: mergedId,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Merge two contacts
 */
export function mergeContacts(mergeContactsBody: MergeContactsBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: ContactAfterMerge | ContactsWouldBeMerged;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-contacts-merge${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: mergeContactsBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Undo a merge of contacts
 */
export function undoContactMerge(id: RecordId, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: ContactAfterUndoneMerge | MergeWouldBeUndone;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: NotUndoable | IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-contacts-merge/undo${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "POST",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List deals, or retrieve one
 */
export function listDeals({ page, perPage, cursor, sortBy, sortOrder, search, stage, status, companyId, pipelineId, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at" | "updated_at" | "title" | "value" | "expected_close_date";
    sortOrder?: "asc" | "desc";
    search?: string;
    stage?: string;
    status?: string;
    companyId?: RecordId;
    pipelineId?: RecordId;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deal | DealPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-deals${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        search,
        stage,
        status,
        company_id: companyId,
        pipeline_id: pipelineId,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Create a deal
 */
export function createDeal(createDealBody: CreateDealBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: DealWouldBeCreated;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: Deal;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-deals${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createDealBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Update a deal
 */
export function updateDeal(id: RecordId, updateDealBody: UpdateDealBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deal | DealWouldBeUpdated;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-deals${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateDealBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Delete a deal
 */
export function deleteDeal(id: RecordId, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deleted | DealWouldBeDeleted;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-deals${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Write up to 100 deals
 */
export function batchDeals(batchDealsBody: BatchDealsBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 207;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError | NothingWritten;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded | BatchLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-deals-batch${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: batchDealsBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Look up the ids of a deal
 */
export function getDealIds(id: RecordId | number, { xRequestId }: {
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: RecordIds;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-deals/ids${QS.query(QS.explode({
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Read what changed
 */
export function listEvents({ since, types, limit, lastEventId, xRequestId }: {
    since?: string;
    types?: string;
    limit?: number;
    lastEventId?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Event[];
            meta: EventsMeta;
        };
    } | {
        status: 400;
        data: ValidationError | CursorExpired;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded | TooManyStreams;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-events${QS.query(QS.explode({
        since,
        types,
        limit
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Last-Event-ID": lastEventId,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List invoices, or retrieve one
 */
export function listInvoices({ page, perPage, cursor, sortBy, sortOrder, search, status, companyId, contactId, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at" | "updated_at" | "invoice_number" | "due_date" | "total" | "issue_date";
    sortOrder?: "asc" | "desc";
    search?: string;
    status?: "draft" | "sent" | "paid" | "overdue" | "cancelled";
    companyId?: RecordId;
    contactId?: RecordId;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Invoice | InvoicePage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-invoices${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        search,
        status,
        company_id: companyId,
        contact_id: contactId,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Create an invoice
 */
export function createInvoice(createInvoiceBody: CreateInvoiceBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: InvoiceWouldBeCreated;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: Invoice;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: Conflict | IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-invoices${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createInvoiceBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Update an invoice
 */
export function updateInvoice(id: RecordId, updateInvoiceBody: UpdateInvoiceBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Invoice | InvoiceWouldBeUpdated;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: Conflict | IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-invoices${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateInvoiceBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Delete an invoice
 */
export function deleteInvoice(id: RecordId, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deleted | InvoiceWouldBeDeleted;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-invoices${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Write up to 100 invoices
 */
export function batchInvoices(batchInvoicesBody: BatchInvoicesBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 207;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError | NothingWritten;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded | BatchLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-invoices-batch${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: batchInvoicesBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * List jobs
 */
export function listJobs({ perPage, cursor, status, kind, xRequestId }: {
    perPage?: number;
    cursor?: string;
    status?: "waiting" | "running" | "dead";
    kind?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: JobPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-jobs${QS.query(QS.explode({
        per_page: perPage,
        cursor,
        status,
        kind
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Let a dead job run again
 */
export function retryJob(id: RecordId, { idempotencyKey, xIdempotencyKey, xRequestId }: {
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Job;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: NotDead | IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-jobs/retry${QS.query(QS.explode({
        id
    }))}`, {
        ...opts,
        method: "POST",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * This contract, in OpenAPI 3.1
 */
export function getContract({ ifNoneMatch, xRequestId }: {
    ifNoneMatch?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: object;
    } | {
        status: 304;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 500;
        data: InternalError;
    }>("/v1-public-openapi", {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List pipelines, or retrieve one
 */
export function listPipelines({ page, perPage, cursor, sortBy, sortOrder, search, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at" | "updated_at" | "name";
    sortOrder?: "asc" | "desc";
    search?: string;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: RetrievedPipeline | PipelinePage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-pipelines${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        search,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List the requests of the last 7 days
 */
export function listRequests({ perPage, cursor, apiKeyId, userId, api, status, errors, since, until, path, xRequestId }: {
    perPage?: number;
    cursor?: string;
    apiKeyId?: RecordId;
    userId?: RecordId;
    api?: "lumenbase" | "leadhub" | "crm" | "lio" | "mcp";
    status?: string;
    errors?: boolean;
    since?: Time;
    until?: Time;
    path?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: RequestPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-requests${QS.query(QS.explode({
        per_page: perPage,
        cursor,
        api_key_id: apiKeyId,
        user_id: userId,
        api,
        status,
        errors,
        since,
        until,
        path
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List roles, or retrieve one
 */
export function listRoles({ page, perPage, cursor, sortBy, sortOrder, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at" | "updated_at" | "number" | "name";
    sortOrder?: "asc" | "desc";
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Role | RolePage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-roles${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Create a role
 */
export function createRole(createRoleBody: CreateRoleBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: RoleWouldBeCreated;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: Role;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: Conflict | RoleKept | IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-roles${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createRoleBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Update a role
 */
export function updateRole(id: RecordId, updateRoleBody: UpdateRoleBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Role | RoleWouldBeUpdated;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: Conflict | RoleKept | IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-roles${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateRoleBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Delete a role
 */
export function deleteRole(id: RecordId, { replaceWith, dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    replaceWith?: RecordId;
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deleted | RoleWouldBeDeleted;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: RoleKept | IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-roles${QS.query(QS.explode({
        id,
        replace_with: replaceWith,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Show who is signed in
 */
export function getSession({ xRequestId }: {
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: SignedIn;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>("/v1-public-sign-in", {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Sign in
 */
export function signIn(signInBody: SignInBodyWrite, { idempotencyKey, xIdempotencyKey, xRequestId }: {
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Session;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded | SignInLocked;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>("/v1-public-sign-in", oazapfts.json({
        ...opts,
        method: "POST",
        body: signInBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Sign out
 */
export function signOut({ idempotencyKey, xIdempotencyKey, xRequestId }: {
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: {
                signed_out: true;
            };
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>("/v1-public-sign-in/sign-out", {
        ...opts,
        method: "POST",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List tasks, or retrieve one
 */
export function listTasks({ page, perPage, cursor, sortBy, sortOrder, search, status, priority, assignedTo, contactId, companyId, dealId, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at" | "updated_at" | "title" | "due_date" | "priority";
    sortOrder?: "asc" | "desc";
    search?: string;
    status?: string;
    priority?: "low" | "medium" | "high" | "urgent";
    assignedTo?: RecordId;
    contactId?: RecordId;
    companyId?: RecordId;
    dealId?: RecordId;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Task | TaskPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-tasks${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        search,
        status,
        priority,
        assigned_to: assignedTo,
        contact_id: contactId,
        company_id: companyId,
        deal_id: dealId,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Create a task
 */
export function createTask(createTaskBody: CreateTaskBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: TaskWouldBeCreated;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: Task;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-tasks${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createTaskBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Update a task
 */
export function updateTask(id: RecordId, updateTaskBody: UpdateTaskBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Task | TaskWouldBeUpdated;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-tasks${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateTaskBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Delete a task
 */
export function deleteTask(id: RecordId, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Deleted | TaskWouldBeDeleted;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-tasks${QS.query(QS.explode({
        id,
        dry_run: dryRun
    }))}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * Write up to 100 tasks
 */
export function batchTasks(batchTasksBody: BatchTasksBody, { dryRun, idempotencyKey, xIdempotencyKey, xRequestId }: {
    dryRun?: boolean;
    idempotencyKey?: string;
    xIdempotencyKey?: string;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 201;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 207;
        data: {
            success: true;
            data: BatchResult;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError | NothingWritten;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 409;
        data: IdempotencyKeyReused;
    } | {
        status: 413;
        data: PayloadTooLarge;
    } | {
        status: 415;
        data: UnsupportedMediaType;
    } | {
        status: 429;
        data: RateLimitExceeded | BatchLimitReached;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-tasks-batch${QS.query(QS.explode({
        dry_run: dryRun
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: batchTasksBody,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "X-Idempotency-Key": xIdempotencyKey,
            "X-Request-Id": xRequestId
        })
    }));
}
/**
 * Read what is used of each limit
 */
export function getUsage({ xRequestId }: {
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: Usage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>("/v1-public-usage", {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
/**
 * List users, or retrieve one
 */
export function listUsers({ page, perPage, cursor, sortBy, sortOrder, search, email, id, xRequestId }: {
    page?: number;
    perPage?: number;
    cursor?: string;
    sortBy?: "created_at" | "updated_at" | "name" | "email";
    sortOrder?: "asc" | "desc";
    search?: string;
    email?: string;
    id?: RecordId;
    xRequestId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            success: true;
            data: User | UserPage;
            meta: Meta;
        };
    } | {
        status: 400;
        data: ValidationError;
    } | {
        status: 401;
        data: Unauthorized;
    } | {
        status: 403;
        data: Forbidden;
    } | {
        status: 404;
        data: NotFound;
    } | {
        status: 405;
        data: MethodNotAllowed;
    } | {
        status: 429;
        data: RateLimitExceeded;
    } | {
        status: 500;
        data: InternalError;
    } | {
        status: 503;
        data: ServiceUnavailable;
    }>(`/v1-public-users${QS.query(QS.explode({
        page,
        per_page: perPage,
        cursor,
        sort_by: sortBy,
        sort_order: sortOrder,
        search,
        email,
        id
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "X-Request-Id": xRequestId
        })
    });
}
