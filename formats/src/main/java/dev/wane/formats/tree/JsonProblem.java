package dev.wane.formats.tree;

import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** What is wrong with a JSON text, for the person who wrote it. */
public final class JsonProblem {
    private JsonProblem() {}

    /**
     * A problem from what the parser threw.
     *
     * @param file the text's name
     * @param e thrown by the parser
     * @return the problem at its place
     */
    public static Problem of(String file, JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return new Problem(
                    new Position(file, 0, 0), "nested deeper than 500 levels, or a number or text beyond all measure");
        }
        TokenStreamLocation at = e.getLocation();
        Position position = at == null ? new Position(file, 0, 0) : position(file, at);
        return new Problem(position, "not well-formed JSON: " + plain(e.getOriginalMessage()));
    }

    static Position position(String file, TokenStreamLocation at) {
        return new Position(file, at.getLineNr(), at.getColumnNr());
    }

    /** The library's advice on its own options is no use to the reader of a file. */
    private static String plain(String message) {
        return message.replaceAll(
                "\\s*\\([^()]*(StreamReadFeature|JsonReadFeature|StreamReadConstraints)[^()]*(\\([^()]*\\))?[^()]*\\)",
                "");
    }
}
