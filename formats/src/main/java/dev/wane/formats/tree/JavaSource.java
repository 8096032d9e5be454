package dev.wane.formats.tree;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Text as the JDK's own parser takes it; it is parsed and not compiled. */
final class JavaSource extends SimpleJavaFileObject {
    private final String text;

    private JavaSource(String text) {
        super(URI.create("string:///Source.java"), Kind.SOURCE);
        this.text = text;
    }

    /** A file with the task that knows where things stand in it. */
    record Parsed(JavacTask task, CompilationUnitTree unit) {}

    /** @throws InputException with the first line that is no Java, or where there is no JDK */
    static Parsed parse(String name, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw problem(
                    new Position(name, 0, 0), "Java files are read with a JDK, and this is a runtime without one");
        }
        DiagnosticCollector<JavaFileObject> errors = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) compiler.getTask(
                Writer.nullWriter(), null, errors, List.of("-proc:none"), null, List.of(new JavaSource(text)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            errors.getDiagnostics().stream()
                    .filter(found -> found.getKind() == Diagnostic.Kind.ERROR)
                    .findFirst()
                    .ifPresent(found -> {
                        throw problem(
                                new Position(name, (int) found.getLineNumber(), (int) found.getColumnNumber()),
                                "is not well-formed Java: " + found.getMessage(null));
                    });
            return new Parsed(task, unit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            // What the JDK's parser throws where it fails at something that is no Java.
            throw e.getCause() instanceof StackOverflowError
                    ? tooDeep(name)
                    : problem(new Position(name, 0, 0), "is not well-formed Java: the parser fails at it");
        }
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }

    static InputException tooDeep(String name) {
        return problem(new Position(name, 0, 0), "is nested too deeply");
    }

    private static InputException problem(Position position, String message) {
        return new InputException(List.of(new Problem(position, message)));
    }
}
