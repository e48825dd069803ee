package org.palomar.bench;

import java.util.Arrays;

/** Milliseconds of one operation on one system. For one thread. */
final class Samples {

    private double[] values = new double[16];
    private int count;

    void add(double millis) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = millis;
    }

    void addAll(Samples others) {
        for (int i = 0; i < others.count; i++) {
            add(others.values[i]);
        }
    }

    int count() {
        return count;
    }

    double median() {
        return quantile(0.5);
    }

    double worst() {
        return quantile(1);
    }

    /** @param share 0 to 1 */
    double quantile(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
    }
}
