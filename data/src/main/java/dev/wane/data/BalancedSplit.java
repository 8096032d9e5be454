package dev.wane.data;

import java.util.stream.IntStream;

/**
 * Training and validation samples drawn from one set, disjoint, each balanced by class.
 *
 * <p>Every class is shuffled once, by a seed of its own; training takes from the front and validation from the back. A
 * smaller training set is therefore a subset of a larger one, and validation does not depend on the training size.
 *
 * @param training indices into the set, by class in turn
 * @param validation indices into the set, by class in turn
 */
@SuppressWarnings("ArrayRecordComponent")
public record BalancedSplit(int[] training, int[] validation) {
    private static final long SEED = 20171113;

    /**
     * Draws a split.
     *
     * @param labels class of every sample
     * @param classes number of classes
     * @param training samples to train on, ≥ 1
     * @param validation samples to hold out, ≥ 1
     * @throws IllegalArgumentException if a class has too few samples for both
     */
    public static BalancedSplit of(byte[] labels, int classes, int training, int validation) {
        int[][] byClass = IntStream.range(0, classes)
                .mapToObj(label -> shuffledClass(labels, label))
                .toArray(int[][]::new);
        for (int label = 0; label < classes; label++) {
            int needed = share(training, classes, label) + share(validation, classes, label);
            if (needed > byClass[label].length) {
                throw new IllegalArgumentException("class " + label + " has " + byClass[label].length
                        + " samples, training and validation need " + needed);
            }
        }
        return new BalancedSplit(take(byClass, training, false), take(byClass, validation, true));
    }

    private static int[] shuffledClass(byte[] labels, int label) {
        int[] members = IntStream.range(0, labels.length)
                .filter(i -> labels[i] == label)
                .toArray();
        Permutation.shuffle(members, Seeds.derive(SEED, "class", label));
        return members;
    }

    /** Class after class in turn, so that counts differ by at most one. */
    private static int[] take(int[][] byClass, int count, boolean fromBack) {
        return IntStream.range(0, count)
                .map(i -> {
                    int[] members = byClass[i % byClass.length];
                    int rank = i / byClass.length;
                    return members[fromBack ? members.length - 1 - rank : rank];
                })
                .toArray();
    }

    private static int share(int count, int classes, int label) {
        return count / classes + (label < count % classes ? 1 : 0);
    }
}
