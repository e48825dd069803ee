package org.palomar.settings;

import java.time.Duration;
import java.util.List;
import org.palomar.store.Store;
import org.palomar.store.StoreException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** How long a message can be taken back after it was sent. Safe for use by many threads. */
@Component
public class UndoTime {

    /** Seconds that can be chosen. */
    static final List<Integer> CHOICES = List.of(0, 5, 10, 20, 30);

    private static final String NAME = "undo";

    private final Choices choices;
    private final SendingProperties properties;

    UndoTime(Store store, SendingProperties properties) {
        this.choices = new Choices(store);
        this.properties = properties;
    }

    /**
     * {@code palomar.sending.*}.
     *
     * @param undo how long a message can be taken back unless its writer chose otherwise, 0 to 30 s
     */
    @ConfigurationProperties("palomar.sending")
    record SendingProperties(@DefaultValue("10s") Duration undo) {

        SendingProperties {
            if (undo.isNegative() || undo.compareTo(Duration.ofSeconds(30)) > 0) {
                throw new IllegalArgumentException("palomar.sending.undo is between 0s and 30s");
            }
        }
    }

    /** What the person chose; what is usual where nothing was, or the store cannot be used. */
    public Duration of(String person) {
        try {
            String chosen = choices.get(person, NAME);
            return chosen.matches("[0-9]{1,2}")
                    ? Duration.ofSeconds(Math.min(30, Integer.parseInt(chosen)))
                    : properties.undo();
        } catch (StoreException _) {
            return properties.undo();
        }
    }

    void choose(String person, int seconds) {
        choices.set(person, NAME, Integer.toString(CHOICES.contains(seconds) ? seconds : 10));
    }
}
