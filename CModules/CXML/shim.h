// Foundation carries an ICU of its own. libxml2's headers would bring Debian's beside it, and a module that sees both
// does not compile; nothing of what Markup uses depends on it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
