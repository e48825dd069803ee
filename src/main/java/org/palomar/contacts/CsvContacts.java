package org.palomar.contacts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.palomar.vcard.Property;
import org.palomar.vcard.VCard;

/** Makes contacts of rows whose columns are called as Google, Outlook, Thunderbird or Palomar call them, and rows of contacts. */
final class CsvContacts {

    /** What a column means. */
    private enum Field {
        NAME,
        GIVEN,
        MIDDLE,
        FAMILY,
        PREFIX,
        SUFFIX,
        NICKNAME,
        ORGANIZATION,
        TITLE,
        EMAIL,
        HOME_EMAIL,
        WORK_EMAIL,
        PHONE,
        HOME_PHONE,
        WORK_PHONE,
        CELL,
        STREET,
        CITY,
        REGION,
        POSTCODE,
        COUNTRY,
        ADDRESS,
        WEB,
        BIRTHDAY,
        NOTE,
        GROUPS,
        UID
    }

    private static final Map<String, Field> NAMES = names();

    static final List<String> HEADER = header();

    private static final int EMAILS = 5;
    private static final int PHONES = 5;

    private final List<@Nullable Field> columns;

    private CsvContacts(List<@Nullable Field> columns) {
        this.columns = columns;
    }

    /** Reads the first row; null when no column is known by which somebody could be called or written to. */
    static @Nullable CsvContacts of(List<String> header) {
        List<@Nullable Field> columns = new ArrayList<>();
        for (String name : header) {
            columns.add(field(name));
        }
        boolean useful = columns.stream().anyMatch(each -> each != null && each.compareTo(Field.ADDRESS) < 0);
        return useful ? new CsvContacts(columns) : null;
    }

    private static @Nullable Field field(String name) {
        String plain = Folded.of(name).replaceAll("[^\\p{L}0-9]+", " ").strip();
        Field known = NAMES.get(plain);
        if (known != null) {
            return known;
        }
        // Google counts: "E-mail 2 - Value", "Phone 1 - Value".
        return NAMES.get(
                plain.replaceAll("\\b[0-9]+\\b", "").replaceAll("\\s+", " ").strip());
    }

    /** The contact of a row, or null when nobody is in it. */
    @Nullable
    VCard card(List<String> row) {
        Map<Field, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(row.size(), columns.size()); i++) {
            Field field = columns.get(i);
            if (field != null && !row.get(i).isBlank()) {
                // Google puts several values into one cell.
                for (String value : row.get(i).split(" ::: ", -1)) {
                    values.computeIfAbsent(field, _ -> new ArrayList<>()).add(value.strip());
                }
            }
        }
        return card(values);
    }

    private static @Nullable VCard card(Map<Field, List<String>> values) {
        VCard card = VCard.empty();
        String given = first(values, Field.GIVEN);
        String family = first(values, Field.FAMILY);
        String middle = first(values, Field.MIDDLE);
        String whole = first(values, Field.NAME);
        if (!(given + family + middle).isEmpty()) {
            card = card.with(
                    "N",
                    List.of("N:"
                            + VCard.structured(
                                    family, given, middle, first(values, Field.PREFIX), first(values, Field.SUFFIX))));
            whole = whole.isEmpty()
                    ? String.join(" ", given, middle, family)
                            .replaceAll("\\s+", " ")
                            .strip()
                    : whole;
        }
        card = card.with("FN", whole)
                .with("NICKNAME", first(values, Field.NICKNAME))
                .with("ORG", first(values, Field.ORGANIZATION))
                .with("TITLE", first(values, Field.TITLE));
        List<String> emails = new ArrayList<>();
        lines(emails, "EMAIL", values, Field.EMAIL, "");
        lines(emails, "EMAIL", values, Field.HOME_EMAIL, "HOME");
        lines(emails, "EMAIL", values, Field.WORK_EMAIL, "WORK");
        emails.removeIf(line -> !ContactIndex.isAddress(line.substring(line.indexOf(':') + 1)));
        List<String> phones = new ArrayList<>();
        lines(phones, "TEL", values, Field.CELL, "CELL");
        lines(phones, "TEL", values, Field.HOME_PHONE, "HOME");
        lines(phones, "TEL", values, Field.WORK_PHONE, "WORK");
        lines(phones, "TEL", values, Field.PHONE, "");
        card = card.with("EMAIL", emails).with("TEL", phones).with("ADR", address(values));
        card = card.with("URL", first(values, Field.WEB))
                .with("NOTE", String.join("\n", values.getOrDefault(Field.NOTE, List.of())));
        String birthday = first(values, Field.BIRTHDAY);
        card = birthday.matches("\\d{4}-\\d{2}-\\d{2}") ? card.with("BDAY", birthday) : card;
        List<String> groups = values.getOrDefault(Field.GROUPS, List.of()).stream()
                .flatMap(each -> Stream.of(each.split("[;,]", -1)))
                .map(String::strip)
                // Google's own groups of everybody.
                .filter(each -> !each.isEmpty() && !each.startsWith("*"))
                .distinct()
                .toList();
        card = ContactForm.grouped(card, groups).with("UID", first(values, Field.UID));
        return card.name().isEmpty() ? null : card;
    }

    private static List<String> address(Map<Field, List<String>> values) {
        String street = first(values, Field.STREET);
        String city = first(values, Field.CITY);
        boolean parts = !(street + city + first(values, Field.POSTCODE)).isEmpty();
        String whole = first(values, Field.ADDRESS);
        if (!parts && whole.isEmpty()) {
            return List.of();
        }
        return List.of("ADR:"
                + VCard.structured(
                        "",
                        "",
                        parts ? street : whole,
                        city,
                        first(values, Field.REGION),
                        first(values, Field.POSTCODE),
                        first(values, Field.COUNTRY)));
    }

    private static void lines(
            List<String> lines, String name, Map<Field, List<String>> values, Field field, String type) {
        for (String value : values.getOrDefault(field, List.of())) {
            if (lines.size() < 30) {
                lines.add(name + (type.isEmpty() ? "" : ";TYPE=" + type) + ":" + VCard.escaped(value));
            }
        }
    }

    private static String first(Map<Field, List<String>> values, Field field) {
        return values.getOrDefault(field, List.of("")).getFirst();
    }

    private static List<String> header() {
        List<String> header = new ArrayList<>(List.of("Name", "Given Name", "Family Name"));
        for (int i = 1; i <= EMAILS; i++) {
            header.add("E-mail " + i + " - Value");
        }
        for (int i = 1; i <= PHONES; i++) {
            header.add("Phone " + i + " - Value");
        }
        header.addAll(List.of("Organization Name", "Organization Title", "Birthday", "Notes", "Labels"));
        return List.copyOf(header);
    }

    /** The row of a contact below {@link #HEADER}. */
    static List<String> row(VCard card) {
        List<String> row = new ArrayList<>(List.of(card.name(), card.given(), card.family()));
        fill(row, ContactIndex.addresses(card), EMAILS);
        fill(row, card.all("TEL").stream().map(Property::plain).toList(), PHONES);
        row.addAll(List.of(
                card.organization(),
                card.plain("TITLE"),
                card.plain("BDAY"),
                card.first("NOTE").map(Property::text).orElse(""),
                String.join(";", ContactIndex.groups(card))));
        return row;
    }

    private static void fill(List<String> row, List<String> values, int places) {
        for (int i = 0; i < places; i++) {
            row.add(i < values.size() ? values.get(i) : "");
        }
    }

    private static Map<String, Field> names() {
        Map<String, Field> names = new LinkedHashMap<>();
        String[] known = {
            "NAME: name|display name|full name|file as|nombre completo|nombre para mostrar",
            "GIVEN: given name|first name|nombre|vorname|prenom",
            "MIDDLE: additional name|middle name|segundo nombre",
            "FAMILY: family name|last name|surname|apellidos|apellido|nachname|nom",
            "PREFIX: name prefix|title prefix",
            "SUFFIX: name suffix|suffix",
            "NICKNAME: nickname|apodo",
            "ORGANIZATION: organization name|organization|organisation|company|organizacion|empresa|compania",
            "TITLE: organization title|job title|title|puesto|cargo",
            "EMAIL: e mail value|e mail address|email address|email|e mail|primary email|secondary email|correo|correo electronico"
                    + "|direccion de correo electronico|email display",
            "HOME_EMAIL: home email|home e mail",
            "WORK_EMAIL: work email|work e mail",
            "PHONE: phone value|phone|primary phone|other phone|telefono|pager number",
            "HOME_PHONE: home phone|telefono particular|telefono de casa",
            "WORK_PHONE: business phone|work phone|company main phone|telefono del trabajo",
            "CELL: mobile phone|mobile number|cell phone|mobile|movil|telefono movil",
            "STREET: address street|home street|business street|home address|work address",
            "CITY: address city|home city|business city|work city",
            "REGION: address region|home state|business state|work state",
            "POSTCODE: address postal code|home postal code|business postal code|home zipcode|work zipcode",
            "COUNTRY: address country|home country region|business country region|home country|work country",
            "ADDRESS: address formatted|address|direccion",
            "WEB: website value|web page|web page 1|website|pagina web",
            "BIRTHDAY: birthday|cumpleanos",
            "NOTE: notes|note|notas",
            "GROUPS: labels|group membership|categories|etiquetas|categorias|grupos",
            "UID: uid"
        };
        for (String line : known) {
            Field field = Field.valueOf(line.substring(0, line.indexOf(':')));
            for (String name : line.substring(line.indexOf(':') + 1).split("\\|", -1)) {
                names.put(name.strip(), field);
            }
        }
        names.put(Folded.of("e-mail").replace("-", " "), Field.EMAIL);
        return Map.copyOf(names.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        each -> each.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue)));
    }
}
