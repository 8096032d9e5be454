package dev.wane.formats.problem;

import java.util.List;
import java.util.stream.Collectors;

/** An input that cannot be used, with every problem found in it. */
public final class InputException extends RuntimeException {
    private final List<Problem> problems;

    public InputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
