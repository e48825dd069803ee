package org.palomar.bench;

/** What one client's exchanges took since {@link #reset}. What the person does not wait for is counted apart. */
final class Meter {

    long nanos;
    int exchanges;
    long octets;
    int asideExchanges;
    long asideOctets;

    void reset() {
        nanos = 0;
        exchanges = 0;
        octets = 0;
        asideExchanges = 0;
        asideOctets = 0;
    }

    /** @param octets received, headers and all */
    void add(long nanoseconds, long octets, boolean aside) {
        if (aside) {
            asideExchanges++;
            asideOctets += octets;
        } else {
            nanos += nanoseconds;
            exchanges++;
            this.octets += octets;
        }
    }

    /** Adds what another client did for the same person. */
    void add(Meter other) {
        nanos += other.nanos;
        exchanges += other.exchanges;
        octets += other.octets;
        asideExchanges += other.asideExchanges;
        asideOctets += other.asideOctets;
    }

    double millis() {
        return nanos / 1e6;
    }
}
