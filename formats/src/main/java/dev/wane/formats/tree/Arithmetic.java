package dev.wane.formats.tree;

import org.jspecify.annotations.Nullable;

/** Numbers joined by + − * / // % ** and parentheses, as Python and the shell write them. Nothing else is understood. */
public final class Arithmetic {
    private static final int DEEPEST = 50;

    private final String text;
    private final boolean whole;
    private int at;
    private int depth;

    private Arithmetic(String text, boolean whole) {
        this.text = text;
        this.whole = whole;
    }

    /** As Python computes; null where the text is something else. */
    public static @Nullable Double of(String text) {
        return new Arithmetic(text, false).evaluate();
    }

    /** As the shell computes, in whole numbers. */
    static @Nullable Double whole(String text) {
        return new Arithmetic(text, true).evaluate();
    }

    private @Nullable Double evaluate() {
        double value = sum();
        skip();
        return at == text.length() && Double.isFinite(value) ? value : null;
    }

    private double sum() {
        double value = product();
        while (true) {
            if (take("+")) {
                value += product();
            } else if (take("-")) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = power();
        while (true) {
            if (take("//")) {
                value = Math.floor(value / power());
            } else if (peek("**")) {
                return Double.NaN;
            } else if (take("*")) {
                value *= power();
            } else if (take("/")) {
                double divisor = power();
                value = whole ? (double) (long) (value / divisor) : value / divisor;
            } else if (take("%")) {
                value %= power();
            } else {
                return value;
            }
        }
    }

    /** A power binds more tightly than a sign on its left, and less than one on its right. */
    private double power() {
        if (++depth > DEEPEST) {
            return Double.NaN;
        }
        double value = signed();
        depth--;
        return value;
    }

    private double signed() {
        if (take("-")) {
            return -power();
        }
        if (take("+")) {
            return power();
        }
        double base = atom();
        return take("**") ? Math.pow(base, power()) : base;
    }

    private double atom() {
        if (!take("(")) {
            return number();
        }
        double value = sum();
        return take(")") ? value : Double.NaN;
    }

    private double number() {
        skip();
        int start = at;
        while (at < text.length() && isPart(start)) {
            at++;
        }
        try {
            return Double.parseDouble(text.substring(start, at).replace("_", ""));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private boolean isPart(int start) {
        char c = text.charAt(at);
        boolean exponentSign =
                (c == '+' || c == '-') && at > start && Character.toLowerCase(text.charAt(at - 1)) == 'e';
        return Character.isDigit(c) || c == '.' || c == '_' || c == 'e' || c == 'E' || exponentSign;
    }

    private boolean take(String operator) {
        if (!peek(operator)) {
            return false;
        }
        at += operator.length();
        return true;
    }

    private boolean peek(String operator) {
        skip();
        return text.startsWith(operator, at);
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
