package org.palomar.domain;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.SpoofChecker;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which names are made to be taken for another (UTS 39, and what people mistype or misread). */
public final class Lookalikes {

    private static final SpoofChecker CHECKER = new SpoofChecker.Builder()
            .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
            .setChecks(SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.INVISIBLE)
            .build();

    /** What is imitated most; names of five letters and more, since shorter ones lie near to too many others. */
    private static final List<Domain> KNOWN = List.of(
                    "adobe.com",
                    "airbnb.com",
                    "aliexpress.com",
                    "allegro.pl",
                    "amazon.com",
                    "americanexpress.com",
                    "apple.com",
                    "bancosantander.es",
                    "bankofamerica.com",
                    "binance.com",
                    "booking.com",
                    "caixabank.es",
                    "chase.com",
                    "citibank.com",
                    "coinbase.com",
                    "correos.es",
                    "docusign.com",
                    "dropbox.com",
                    "facebook.com",
                    "fedex.com",
                    "github.com",
                    "gmail.com",
                    "google.com",
                    "icloud.com",
                    "instagram.com",
                    "kraken.com",
                    "linkedin.com",
                    "mastercard.com",
                    "mercadolibre.com",
                    "metamask.io",
                    "microsoft.com",
                    "microsoftonline.com",
                    "netflix.com",
                    "office.com",
                    "office365.com",
                    "outlook.com",
                    "paypal.com",
                    "revolut.com",
                    "santander.com",
                    "spotify.com",
                    "steamcommunity.com",
                    "steampowered.com",
                    "stripe.com",
                    "telegram.org",
                    "twitter.com",
                    "wellsfargo.com",
                    "whatsapp.com",
                    "wikipedia.org",
                    "wordpress.com",
                    "yahoo.com")
            .stream()
            .map(Domain::new)
            .toList();

    private static final List<Model> MODELS = KNOWN.stream().map(Model::of).toList();

    /** Words that, with somebody's name before or behind them, make an address of nobody's. */
    private static final Set<String> BAIT = Set.of(
            "account",
            "accounts",
            "billing",
            "confirm",
            "id",
            "invoice",
            "login",
            "mail",
            "online",
            "pay",
            "payment",
            "secure",
            "security",
            "service",
            "signin",
            "support",
            "update",
            "verification",
            "verify");

    private static final int SHORTEST = 5;

    private Lookalikes() {}

    /**
     * Whether the letters of the name are chosen to be taken for others: scripts mixed within a label, invisible characters, or a
     * whole label of foreign letters that all look Latin under a Latin suffix.
     */
    public static boolean deceives(Domain domain) {
        String unicode = domain.unicode();
        if (unicode.chars().allMatch(c -> c < 128)) {
            // What cannot be decoded is not what a browser would go to either.
            return false;
        }
        boolean latinSuffix =
                unicode.substring(unicode.lastIndexOf('.') + 1).chars().allMatch(c -> c < 128);
        for (String label : unicode.split("\\.", -1)) {
            boolean ascii = label.chars().allMatch(c -> c < 128);
            if (!ascii && (CHECKER.failsChecks(label) || (latinSuffix && looksLatin(label)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word mixes Latin letters with Greek, Cyrillic or others that look like them; for names of people. */
    public static boolean mixesScripts(String name) {
        for (String word : name.split("[\\s\\p{Punct}]+", 200)) {
            boolean latin = word.codePoints().anyMatch(c -> UScript.getScript(c) == UScript.LATIN);
            boolean similar = word.codePoints().anyMatch(c -> switch (UScript.getScript(c)) {
                case UScript.CYRILLIC, UScript.GREEK, UScript.ARMENIAN, UScript.CHEROKEE, UScript.LISU -> true;
                default -> false;
            });
            if (latin && similar) {
                return true;
            }
        }
        return false;
    }

    /** A well-known domain that this one is made to be taken for, or empty. */
    public static Optional<Domain> imitated(Domain domain) {
        return imitated(domain, KNOWN, MODELS);
    }

    /**
     * The one among {@code known} that this one is made to be taken for: equal to the eye, one letter off, or its name with a
     * word of bait. Empty when this one belongs to one of them itself.
     */
    public static Optional<Domain> imitated(Domain domain, Collection<Domain> known) {
        return imitated(domain, known, known.stream().map(Model::of).toList());
    }

    private static Optional<Domain> imitated(Domain domain, Collection<Domain> known, List<Model> models) {
        Domain own = domain.registered();
        if (known.contains(own) || own.ascii().indexOf('.') < 0) {
            return Optional.empty();
        }
        String unicode = own.unicode();
        String label = unicode.substring(0, unicode.indexOf('.'));
        String suffix = own.suffix();
        String seen = skeleton(label);
        for (Model model : models) {
            String other = model.label;
            // The same name under another suffix is mostly the same company.
            if (other.length() < SHORTEST || other.equals(label)) {
                continue;
            }
            boolean near = other.length() > SHORTEST
                    && suffix.equals(model.suffix)
                    && Math.abs(other.length() - label.length()) <= 1
                    && isOneOff(label, other);
            if (near || seen.equals(model.skeleton) || isBait(label, other)) {
                return Optional.of(model.domain);
            }
        }
        return Optional.empty();
    }

    /** What is compared of a name that may be imitated. */
    private record Model(Domain domain, String label, String suffix, String skeleton) {

        static Model of(Domain domain) {
            return new Model(domain, domain.label(), domain.suffix(), Lookalikes.skeleton(domain.label()));
        }
    }

    /** What a text looks like: equal for texts that the eye takes for each other. */
    public static String skeleton(String text) {
        return CHECKER.getSkeleton(text.toLowerCase(Locale.ROOT))
                .toLowerCase(Locale.ROOT)
                .replace("vv", "w");
    }

    private static boolean looksLatin(String label) {
        boolean foreign =
                label.codePoints().filter(Character::isLetter).noneMatch(c -> UScript.getScript(c) == UScript.LATIN);
        return foreign && CHECKER.getSkeleton(label).chars().allMatch(c -> c < 128);
    }

    private static boolean isBait(String label, String other) {
        if (label.indexOf('-') < 0 || !label.contains(other)) {
            return false;
        }
        Set<String> words = new HashSet<>(List.of(label.split("-", -1)));
        return words.size() > 1 && words.remove(other) && BAIT.containsAll(words);
    }

    /** One letter more, less, other, or two neighbours swapped. */
    private static boolean isOneOff(String one, String two) {
        String a = one.length() <= two.length() ? one : two;
        String b = one.length() <= two.length() ? two : one;
        int i = 0;
        while (i < a.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (a.length() < b.length()) {
            return a.substring(i).equals(b.substring(i + 1));
        }
        boolean swapped = i + 1 < a.length()
                && a.charAt(i) == b.charAt(i + 1)
                && a.charAt(i + 1) == b.charAt(i)
                && a.substring(i + 2).equals(b.substring(i + 2));
        return i < a.length() && (swapped || a.substring(i + 1).equals(b.substring(i + 1)));
    }
}
