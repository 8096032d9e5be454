package dev.wane.cli;

import dev.wane.formats.problem.InputException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into a message and an exit code. */
final class Failures implements IExecutionExceptionHandler {
    /** By name, so that the verbs that only plan do not load the laboratory. */
    private static final List<String> SAID_IN_WORDS = List.of(
            "dev.wane.lab.store.StoreException",
            "dev.wane.lab.transfer.StudyException",
            "dev.wane.lab.run.TrialFailedException",
            "dev.wane.data.CorruptedDataException",
            "java.io.UncheckedIOException");

    @Override
    public int handleExecutionException(Exception error, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (error instanceof InputException input) {
            int count = input.problems().size();
            err.println("wane: " + (count == 1 ? "1 problem" : count + " problems") + " in the input");
            input.problems().forEach(problem -> err.println("  " + problem));
            return ExitCode.USAGE;
        }
        if (error instanceof CancellationException) {
            err.println("wane: interrupted");
        } else if (SAID_IN_WORDS.contains(error.getClass().getName())) {
            err.println("wane: " + error.getMessage());
        } else {
            err.println("wane: internal error, please report it");
            error.printStackTrace(err);
        }
        return ExitCode.INCOMPLETE;
    }

    static int usage(ParameterException error, String[] arguments) {
        PrintWriter err = error.getCommandLine().getErr();
        err.println("wane: " + error.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(error, err);
        err.println("Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }
}
