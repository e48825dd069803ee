package org.palomar.migration.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** As the name servers of this machine tell them, within some seconds. */
final class DnsServiceRecords implements ServiceRecords {

    // Records of DNS come as strings; there is nothing in them that could become an object. The table is what the
    // constructor takes.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    @Override
    public List<Service> of(String name) {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put("com.sun.jndi.dns.timeout.initial", "1500");
        settings.put("com.sun.jndi.dns.timeout.retries", "1");
        List<Service> services = new ArrayList<>();
        try {
            InitialDirContext dns = new InitialDirContext(settings);
            try {
                Attribute records =
                        dns.getAttributes(name, new String[] {"SRV"}).get("SRV");
                if (records != null) {
                    NamingEnumeration<?> all = records.getAll();
                    while (all.hasMore() && services.size() < 10) {
                        read(String.valueOf(all.next()), services);
                    }
                }
            } finally {
                dns.close();
            }
        } catch (NamingException _) {
            return List.of();
        }
        services.sort(Comparator.comparingInt(Service::priority).thenComparingInt(each -> -each.weight()));
        return services;
    }

    private static void read(String record, List<Service> to) {
        String[] parts = record.strip().split("\\s+", 4);
        try {
            String host = parts.length < 4 ? "" : parts[3].replaceFirst("\\.$", "");
            if (!host.isEmpty()) {
                to.add(new Service(
                        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), host));
            }
        } catch (NumberFormatException _) {
            // Not a record.
        }
    }
}
