-- The addresses a person writes from. `person` is the user name at the mail server; the address is in lower case.
create table if not exists sender_identity (
    id varchar(36) not null,
    person varchar(320) not null,
    address varchar(320) not null,
    name varchar(200) not null,
    reply_to varchar(2000) not null,
    copy_to_self boolean not null,
    signature_text varchar(20000) not null,
    signature_html varchar(40000) not null,
    standard boolean not null,
    since timestamp with time zone not null,
    primary key (id),
    unique (person, address)
);
