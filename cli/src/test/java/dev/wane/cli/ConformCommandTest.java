package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.conform.ConformanceCase;
import dev.wane.conform.ConformanceKit;
import dev.wane.formats.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatWasEmittedMeetsItself() throws Exception {
        assertThat(wane("conform", "emit", folder.resolve("v").toString())).isZero();

        Path results = results(0);
        assertThat(wane("conform", "check", folder.resolve("v").toString(), results.toString()))
                .isZero();

        assertThat(out.toString()).contains("adamw                        ok", "24 of 24 cases pass");
        assertThat(Files.readString(folder.resolve("v/adamw.json"))).contains("\"case\" : \"adamw\"", "\"expected\"");
    }

    @Test
    void aDeviationIsExitCodeOneWithItsCase() throws Exception {
        wane("conform", "emit", folder.resolve("v").toString());
        out.getBuffer().setLength(0);

        assertThat(wane(
                        "conform",
                        "check",
                        folder.resolve("v").toString(),
                        results(1e-3).toString(),
                        "--json"))
                .isEqualTo(1);

        assertThat(out.toString())
                .contains("\"passed\" : 0", "\"step\" : 0", "\"diagnosis\" : \"no known deviation explains it\"");
    }

    /** As Python writes them. */
    @Test
    void weightsThatDivergedAreAResult() throws Exception {
        wane("conform", "emit", folder.resolve("v").toString());
        String text = Files.readString(results(0));
        int number = text.indexOf("[[", text.indexOf("\"adamw\"")) + 2;
        Path diverged = Files.writeString(
                folder.resolve("nan.json"),
                text.substring(0, number) + "NaN" + text.substring(text.indexOf(',', number)));

        assertThat(wane("conform", "check", folder.resolve("v").toString(), diverged.toString(), "--json"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("\"passed\" : 23", "\"diagnosis\" : \"weights that are not finite\"", "\"absent\" : [ ]");
    }

    /** Results of other inputs would prove nothing. */
    @Test
    void casesThatWereChangedAreRefused() throws Exception {
        wane("conform", "emit", folder.resolve("v").toString());
        Files.writeString(folder.resolve("v/adamw.json"), "{}");

        assertThat(wane(
                        "conform",
                        "check",
                        folder.resolve("v").toString(),
                        results(0).toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("adamw.json: is not the case of this version of the kit");
    }

    @Test
    void unknownCasesAndBadResultsAreRefused() throws Exception {
        wane("conform", "emit", folder.resolve("v").toString());
        Path wrong = Files.writeString(folder.resolve("r.json"), "{\"adamw\": 3, \"lion\": [[\"x\"]]}");
        Path unknown = Files.writeString(folder.resolve("u.json"), "{\"nadamw\": [[1]]}");

        assertThat(wane("conform", "check", folder.resolve("v").toString(), wrong.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("adamw must be a list of steps", "lion must be a number");
        assertThat(wane("conform", "check", folder.resolve("v").toString(), unknown.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the results name no case of");
    }

    private Path results(double shift) throws Exception {
        Map<String, Object> results = new LinkedHashMap<>();
        for (ConformanceCase each : ConformanceKit.cases()) {
            List<List<Double>> steps = each.expected().stream()
                    .map(weights ->
                            Arrays.stream(weights).map(x -> x + shift).boxed().toList())
                    .toList();
            results.put(each.name(), steps);
        }
        return Files.writeString(folder.resolve("results.json"), Json.compact(results));
    }

    private int wane(String... arguments) {
        return Wane.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
