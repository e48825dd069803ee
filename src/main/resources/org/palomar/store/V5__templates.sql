-- Answers a person writes again and again. `sealed` is all of it: name, subject, text.
create table if not exists canned (
    person varchar(320) not null,
    id varchar(36) not null,
    changed timestamp with time zone not null,
    sealed text not null,
    primary key (person, id)
);
