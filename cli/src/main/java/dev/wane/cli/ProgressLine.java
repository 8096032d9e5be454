package dev.wane.cli;

import java.io.PrintWriter;

/** Where progress is shown: one line that is overwritten on a terminal, plain lines elsewhere. */
interface ProgressLine {
    /** How long a shown text stands before the next is worth showing, in seconds. */
    double pace();

    void show(String text);

    /** Ends an overwritten line. */
    void end();

    static ProgressLine to(PrintWriter err, boolean terminal) {
        return terminal ? new Live(err) : new Plain(err);
    }

    static ProgressLine silent() {
        return new ProgressLine() {
            @Override
            public double pace() {
                return Double.POSITIVE_INFINITY;
            }

            @Override
            public void show(String text) {}

            @Override
            public void end() {}
        };
    }

    /** Overwrites itself. */
    record Live(PrintWriter err) implements ProgressLine {
        @Override
        public double pace() {
            return 0.2;
        }

        @Override
        public void show(String text) {
            err.print("\r\u001b[K" + text);
            err.flush();
        }

        @Override
        public void end() {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    /** A line now and then. */
    record Plain(PrintWriter err) implements ProgressLine {
        @Override
        public double pace() {
            return 15;
        }

        @Override
        public void show(String text) {
            err.println(text);
        }

        @Override
        public void end() {}
    }
}
