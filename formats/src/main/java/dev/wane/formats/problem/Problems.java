package dev.wane.formats.problem;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with an input, so that it is said all at once. */
public final class Problems {
    private final List<Problem> problems = new ArrayList<>();

    public void add(Position position, String message) {
        problems.add(new Problem(position, message));
    }

    /** Hands everything found to a collector of the larger document. */
    public void copyTo(Problems other) {
        other.problems.addAll(problems);
    }

    /** Goes on after something that cannot be read, with what is wrong with it. */
    public void attempt(Runnable reading) {
        try {
            reading.run();
        } catch (InputException e) {
            problems.addAll(e.problems());
        }
    }

    /** What was found so far. */
    public List<Problem> found() {
        return List.copyOf(problems);
    }

    public int size() {
        return problems.size();
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /**
     * Ends a reading.
     *
     * @throws InputException if anything was added
     */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
    }
}
