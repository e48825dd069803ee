package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** The editor's form in the hands of somebody without JavaScript, and what its script would send. */
final class WritingDesk {

    private final Visitor visitor;
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    private WritingDesk(Visitor visitor, Document page) {
        this.visitor = visitor;
        read(page);
    }

    static WritingDesk open(Visitor visitor, String path) {
        Answer answer = visitor.open(path).expect(200);
        assertThat(answer.html().select("[data-testid=compose-form]"))
                .as(answer.text())
                .hasSize(1);
        return new WritingDesk(visitor, answer.html());
    }

    static WritingDesk on(Visitor visitor, Answer page) {
        return new WritingDesk(visitor, page.html());
    }

    private void read(Document page) {
        fields.clear();
        for (Element field : page.select("[data-testid=compose-form] [name]")) {
            boolean asleep = field.hasAttr("disabled")
                    || field.closest("template") != null
                    || (field.attr("type").equals("checkbox") && !field.hasAttr("checked"));
            if (!asleep
                    && !field.tagName().equals("button")
                    && !field.attr("type").equals("file")) {
                fields.computeIfAbsent(field.attr("name"), _ -> new ArrayList<>())
                        .add(field.tagName().equals("textarea") ? field.wholeText() : field.val());
            }
        }
    }

    String id() {
        return value("id");
    }

    String value(String name) {
        return fields.getOrDefault(name, List.of("")).getFirst();
    }

    List<String> files() {
        return fields.getOrDefault("file", List.of());
    }

    WritingDesk type(String name, String value) {
        fields.put(name, new ArrayList<>(List.of(value)));
        return this;
    }

    /** Presses a button of the form. */
    Answer press(String action) {
        return visitor.post("compose", all("action", action));
    }

    /** What the script sends while somebody types. */
    Answer autosave() {
        type("turn", Integer.toString(Integer.parseInt(value("turn")) + 1));
        Answer answer = visitor.post("compose/draft", all());
        if (answer.status() == 200) {
            type("revision", answer.text().replaceAll(".*\"revision\":(\\d+).*", "$1"));
            type("origin", answer.text().replaceAll(".*\"origin\":\"([^\"]*)\".*", "$1"));
        }
        return answer;
    }

    Answer attach(String name, byte[] content) {
        Map<String, String> single = new LinkedHashMap<>();
        fields.forEach((field, values) -> single.put(field, values.getFirst()));
        single.put("action", "attach");
        Answer answer = visitor.upload(
                "compose", single, "attachments", List.of(new Visitor.File(name, "application/octet-stream", content)));
        read(answer.expect(200).html());
        return answer;
    }

    private String[] all(String... more) {
        List<String> all = new ArrayList<>();
        fields.forEach((name, values) -> {
            if (!name.equals("_csrf")) {
                values.forEach(value -> all.addAll(List.of(name, value)));
            }
        });
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
