package org.palomar.migration;

import java.util.List;
import org.palomar.web.Reader;

/** What there is, as a page says it; empty where it is not known. */
public record SurveyPage(
        long count, String messages, String size, String oldest, String newest, List<Survey.Place> mailboxes) {

    static SurveyPage of(Survey survey, Reader reader) {
        return new SurveyPage(
                survey.messages(),
                reader.number(survey.messages()),
                survey.octets() < 0 ? "" : reader.size(survey.octets()),
                survey.oldest() == null ? "" : reader.longDay(reader.day(survey.oldest())),
                survey.newest() == null ? "" : reader.longDay(reader.day(survey.newest())),
                survey.mailboxes());
    }
}
