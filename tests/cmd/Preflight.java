/* Preflight.java - what PDFBox's check of PDF/A-1b finds in files, one line a
 * finding: FILE CODE DETAILS. It knows part 1 only: the codes that say that a
 * file is of part 3 are left to the caller. */
import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

public class Preflight {
	static ValidationResult check(String file) throws Exception {
		PreflightParser parser = new PreflightParser(new File(file));

		try {
			parser.parse();
			try (PreflightDocument document =
			    parser.getPreflightDocument()) {
				document.validate();
				return document.getResult();
			}
		} catch (SyntaxValidationException e) {
			return e.getResult();
		}
	}

	public static void main(String[] files) throws Exception {
		for (String file : files) {
			for (ValidationResult.ValidationError error :
			    check(file).getErrorsList())
				System.out.println(file + " " +
				    error.getErrorCode() + " " +
				    error.getDetails());
			System.out.println(file + " checked");
		}
	}
}
